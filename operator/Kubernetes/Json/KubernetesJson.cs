using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RunbookOperator.Kubernetes;

/// <summary>How Kubernetes writes JSON: camelCase, nothing for null, enums by name, times in UTC with whole seconds.</summary>
public static class KubernetesJson
{
    /// <summary>The deepest nesting read. The API server's own limit is far higher; nothing this project reads needs more.</summary>
    public const int MaxDepth = 128;

    /// <summary>The options for built-in kinds and for the types of every assembly with a <see cref="JsonContextAttribute{TContext}"/>.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Makes options that ask <paramref name="more"/> first, then generated code. Only types that no generated code knows are
    /// looked at by reflection, and only where <see cref="JsonSerializer.IsReflectionEnabledByDefault"/>.</summary>
    /// <remarks>Generated code sets every init-only property, absent ones to null or 0. So a property with an initial value of its own
    /// (<c>= -1</c>, <c>= []</c>) has a <c>set</c> in place of an <c>init</c>; a test watches over that. An explicit null leaves such a value as it
    /// is; where something must stand, and as an item of a list or map, it cannot be decoded.</remarks>
    public static JsonSerializerOptions CreateOptions(params IJsonTypeInfoResolver[] more)
    {
        IJsonTypeInfoResolver[] last = JsonSerializer.IsReflectionEnabledByDefault ? [new DefaultJsonTypeInfoResolver()] : [];
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = MaxDepth,
            RespectNullableAnnotations = true,
            TypeInfoResolver = JsonTypeInfoResolver.Combine([.. more, KubernetesJsonContext.Default, DeclaredContexts.Instance, .. last])
                .WithAddedModifier(ExplicitNulls.Apply),
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new PooledStringConverter());
        options.MakeReadOnly();
        return options;
    }

    /// <summary>The contract of a type under these options.</summary>
    /// <exception cref="NotSupportedException">Nobody knows the type.</exception>
    internal static JsonTypeInfo<T> TypeOf<T>(this JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
