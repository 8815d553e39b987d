using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RunbookOperator.Tests.Policies;

/// <summary>Policies, from their specs in YAML.</summary>
internal static class Given
{
    public const string Home = "runbooks-system";

    /// <summary>What holds with this base and these others in a namespace, named a, b and so on.</summary>
    public static EffectivePolicy Policy(string? spec, params string[] others) => PolicyMerge.Of(EffectivePolicy.BuiltIn, new PolicySet(
        spec is null ? null : new PolicySource($"{Home}/default", Spec(spec)), [.. others.Select((other, i) => new PolicySource($"shop/{(char)('a' + i)}", Spec(other)))]));

    public static RunbookPolicySpec Spec(string yaml) => Json(yaml).Deserialize<RunbookPolicySpec>(KubernetesJson.Options)!;

    public static RunbookPolicy Object(string yaml, string ns = Home, string name = "default") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = ns, Uid = name, ResourceVersion = "1", Generation = 1 },
        Spec = Spec(yaml),
    };

    public static JsonNode Json(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Json(stream.Documents[0].RootNode)!;
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Json(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => flag.Value == "true",
        YamlScalarNode { Style: ScalarStyle.Plain } number when int.TryParse(number.Value, out var value) => value,
        var scalar => ((YamlScalarNode)scalar).Value,
    };
}
