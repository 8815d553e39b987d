using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RunbookOperator.Kubernetes;

/// <summary>Finds the generated code for a type by the assembly it, or what it is made of, is in. Each type is looked up once per options.</summary>
internal sealed class DeclaredContexts : IJsonTypeInfoResolver
{
    private readonly ConcurrentDictionary<Assembly, IJsonTypeInfoResolver?> _known = new();

    public static DeclaredContexts Instance { get; } = new();

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        foreach (var assembly in AssembliesOf(type).Distinct())
        {
            var context = _known.GetOrAdd(assembly, static known => known.GetCustomAttribute<JsonContextAttribute>()?.Resolver);
            if (context?.GetTypeInfo(type, options) is { } found)
            {
                return found;
            }
        }

        // List<int> is of no assembly of ours. It is met as a part of a type that is, so the code for it is in a context known by now.
        return _known.Values.OfType<IJsonTypeInfoResolver>()
            .Select(context => context.GetTypeInfo(type, options))
            .FirstOrDefault(found => found is not null);
    }

    // List<Incident> is in the library of .NET; the code for it is where Incident is.
    private static IEnumerable<Assembly> AssembliesOf(Type type) =>
        type.GetElementType() is { } element ? AssembliesOf(element)
        : type.IsGenericType ? [type.Assembly, .. type.GetGenericArguments().SelectMany(AssembliesOf)]
        : [type.Assembly];
}
