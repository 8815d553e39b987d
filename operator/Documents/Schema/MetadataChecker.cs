using System.Reflection;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Documents.Yaml;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Documents.Schema;

/// <summary>Checks <c>metadata</c>: what a file may say of it, and what only the API server or the operator says, which is left out.</summary>
internal sealed class MetadataChecker(Type type, ProblemList problems, DocumentMap map)
{
    private const string Subdomain = @"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    private const string SubdomainBegin = @"^[a-z0-9][-.a-z0-9]*$";
    private const string Label = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    private const string LabelName = "^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$";
    private const string LabelValue = "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    // What the API server puts behind it.
    private const int GeneratedEnd = 5;

    // The API server bounds all annotations together; one file is smaller than that.
    private const int Annotation = DocumentLimits.Bytes;

    private static readonly string[] Written = [.. ServerFields(), "managedFields", "selfLink", "deletionGracePeriodSeconds"];
    private static readonly string[] Known = ["name", "namespace", "labels", "annotations"];

    private readonly int _longestName = type.GetCustomAttribute<CustomResourceAttribute>()!.MaximumName;

    // What comes from Git is known by its name. Runs and decisions are made by hand, and the API server may name them.
    private readonly bool _mayBeNamedByServer = type != typeof(Runbook);

    public JsonObject Check(YamlMapping mapping)
    {
        var result = new JsonObject();
        foreach (var (key, value) in mapping.Entries)
        {
            var path = $"metadata.{key.Text}";
            map.Add(path, key.Start.Position, value.Start.Position);
            switch (key.Text)
            {
                case "name":
                    result["name"] = Text(value, path, _longestName, Subdomain);
                    break;
                case "generateName" when _mayBeNamedByServer:
                    result["generateName"] = Text(value, path, _longestName - GeneratedEnd, SubdomainBegin);
                    break;
                case "namespace":
                    result["namespace"] = Text(value, path, Limits.Label, Label);
                    break;
                case "labels" or "annotations":
                    if (value is YamlMapping { Entries.Count: > 0 } or not YamlMapping)
                    {
                        result[key.Text] = CheckPairs(value, path, key.Text == "labels");
                    }

                    break;
                case var other when Written.Contains(other):
                    problems.Warning(RuleIds.LeftOut, key.Start.Position, $"{path} is written by the API server and left out");
                    break;
                default:
                    problems.Error(RuleIds.UnknownField, key.Start.Position,
                        $"unknown field {ProblemList.Quote(key.Text)} in metadata{Suggestion.For(key.Text, Known)}");
                    break;
            }
        }

        if (mapping.Find("name") is null && (!_mayBeNamedByServer || mapping.Find("generateName") is null))
        {
            problems.Error(RuleIds.Missing, mapping.Start.Position, "metadata has no name");
        }

        return result;
    }

    private static IEnumerable<string> ServerFields() =>
        ApiJson.Default.GetTypeInfo(typeof(ObjectMeta))!.Properties.Select(property => property.Name).Except(["name", "namespace", "labels", "annotations"]);

    private JsonNode? Text(YamlNode value, string path, int longest, string pattern) => new SchemaChecker(problems, map)
        .Check(value, new TextSchema(new TextAttribute(longest) { Minimum = 1, Pattern = pattern }), path);

    private JsonObject? CheckPairs(YamlNode node, string path, bool areLabels)
    {
        if (node is not YamlMapping mapping)
        {
            problems.Error(RuleIds.Type, node.Start.Position, $"{path} must be a mapping of names to values");
            return null;
        }

        var result = new JsonObject();
        var schema = new TextSchema(areLabels ? new TextAttribute(Limits.Label) { Pattern = LabelValue } : new TextAttribute(Annotation));
        foreach (var (key, value) in mapping.Entries)
        {
            var child = $"{path}.{key.Text}";
            map.Add(child, key.Start.Position, value.Start.Position);
            if (key.Text == LastApplied || key.Text.StartsWith(Names.Group + "/", StringComparison.Ordinal))
            {
                problems.Warning(RuleIds.LeftOut, key.Start.Position, $"{child} is written by the operator or kubectl and left out");
                continue;
            }

            CheckKey(key, child);
            result[key.Text] = new SchemaChecker(problems, map).Check(value, schema, child);
        }

        return result;
    }

    private void CheckKey(YamlScalar key, string path)
    {
        var slash = key.Text.IndexOf('/', StringComparison.Ordinal);
        var sound = slash < 0 || TextBounds.Check(key.Text[..slash], new TextAttribute(Limits.Subdomain) { Minimum = 1, Pattern = Subdomain },
            $"the prefix of {path}", key.Start.Position, problems);
        _ = sound && TextBounds.Check(key.Text[(slash + 1)..], new TextAttribute(Limits.Label) { Minimum = 1, Pattern = LabelName },
            $"the name of {path}", key.Start.Position, problems);
    }
}
