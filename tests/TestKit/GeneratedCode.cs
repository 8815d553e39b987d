using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.TestKit;

/// <summary>Holds generated serializers to what reflection makes of the same JSON.</summary>
public static class GeneratedCode
{
    private static readonly JsonSerializerOptions Reflected = KubernetesJson.CreateOptions(new DefaultJsonTypeInfoResolver());

    /// <summary>Decodes and encodes random JSON for every kind of an assembly in both ways.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="rounds">How many objects of each kind.</param>
    /// <param name="seed">Where chance begins.</param>
    /// <returns>Where the two differ; empty if nowhere. Also how many objects could be decoded, and how many could not.</returns>
    public static (IReadOnlyList<string> Differences, int Decoded, int Refused) Compare(Assembly assembly, int rounds, int seed)
    {
        var random = new Random(seed);
        var differences = new List<string>();
        var (decoded, refused) = (0, 0);
        foreach (var kind in assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IKubernetesObject))))
        {
            for (var round = 0; round < rounds; round++)
            {
                // Every other object is right.
                var json = new RandomJson(random, Reflected, mistakes: round % 2 * 10).Of(kind)?.ToJsonString() ?? "null";
                var (ours, theirs) = (Through(json, kind, KubernetesJson.Options), Through(json, kind, Reflected));
                _ = ours is null ? refused++ : decoded++;
                if (ours != theirs)
                {
                    differences.Add($"{kind.Name}: of {json}\ngenerated {ours ?? "fails"}\nreflected {theirs ?? "fails"}");
                }
            }
        }

        return (differences, decoded, refused);
    }

    // Null if it cannot be decoded.
    private static string? Through(string json, Type type, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, options), type, options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
