using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RunbookOperator.Kubernetes;

/// <summary>Says which generated code writes and reads the types of an assembly. See <see cref="JsonContextAttribute{TContext}"/>.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public abstract class JsonContextAttribute : Attribute
{
    internal abstract IJsonTypeInfoResolver Resolver { get; }
}

/// <summary>Says that <typeparamref name="TContext"/> writes and reads the types of this assembly, so that <see cref="KubernetesJson.Options"/>
/// finds it: <c>[assembly: JsonContext&lt;ApiJson&gt;]</c>. The conventions are those of the options, not those of the context.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class JsonContextAttribute<TContext> : JsonContextAttribute
    where TContext : JsonSerializerContext, new()
{
    internal override IJsonTypeInfoResolver Resolver { get; } = new TContext();
}
