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

    /// <summary>The options for the kinds of this project, and for any other type with the same conventions.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Makes options that ask <paramref name="more"/> first and fall back to reflection.</summary>
    /// <remarks>Reflection, not generated code, is the default: a generated contract sets every init-only property, so a property that the
    /// JSON does not mention loses its initializer (<c>= -1</c>, <c>= []</c>) without a word.</remarks>
    public static JsonSerializerOptions CreateOptions(params IJsonTypeInfoResolver[] more)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = MaxDepth,
            TypeInfoResolver = JsonTypeInfoResolver.Combine([.. more, new DefaultJsonTypeInfoResolver()]),
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.Converters.Add(new TimeConverter());
        options.Converters.Add(new PooledStringConverter());
        options.MakeReadOnly();
        return options;
    }
}
