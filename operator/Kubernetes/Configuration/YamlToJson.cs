using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace RunbookOperator.Kubernetes;

/// <summary>YAML as JSON, as far as a kubeconfig needs it: what is quoted stays text, plain true, false and null become what they say, and
/// numbers stay text, since a token may look like one. Only below a key <c>extension</c>, whose content is not ours, numbers are numbers.</summary>
internal static class YamlToJson
{
    private const int MaxDepth = 64;

    /// <summary>Reads the first document; null if there is none.</summary>
    /// <exception cref="YamlException">It is not YAML, or nested too deeply; carries the place.</exception>
    public static JsonNode? Read(TextReader reader)
    {
        var stream = new YamlStream();
        stream.Load(reader);
        return stream.Documents.Count == 0 ? null : Convert(stream.Documents[0].RootNode, 0, numbers: false);
    }

    private static JsonNode? Convert(YamlNode node, int depth, bool numbers) => node switch
    {
        // An alias may lead back to a node it is in: the depth ends that too.
        _ when depth > MaxDepth => throw new YamlException(node.Start, node.End, $"The file is nested more than {MaxDepth} levels deep."),
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(entry =>
            KeyValuePair.Create(Key(entry.Key), Convert(entry.Value, depth + 1, numbers || Key(entry.Key) == "extension")))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(child => Convert(child, depth + 1, numbers))]),
        YamlScalarNode scalar => Scalar(scalar, numbers),
        _ => throw new YamlException(node.Start, node.End, "This kind of YAML node is not supported."),
    };

    private static string Key(YamlNode node) =>
        node is YamlScalarNode { Value: { } value } ? value : throw new YamlException(node.Start, node.End, "A key must be text.");

    private static JsonValue? Scalar(YamlScalarNode scalar, bool numbers) => scalar switch
    {
        { Style: not ScalarStyle.Plain } => JsonValue.Create(scalar.Value),
        { Value: null or "" or "~" or "null" } => null,
        { Value: "true" } => JsonValue.Create(value: true),
        { Value: "false" } => JsonValue.Create(value: false),
        _ when numbers && long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when numbers && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) =>
            JsonValue.Create(real),
        _ => JsonValue.Create(scalar.Value),
    };
}
