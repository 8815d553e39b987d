using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RunbookOperator.Generator;

/// <summary>Writes JSON as YAML of one form: members as they stand, one line per scalar, quotes only where a reader could take it for more.</summary>
internal static partial class YamlWriter
{
    private static readonly EmitterSettings Settings =
        new EmitterSettings().WithBestIndent(2).WithBestWidth(int.MaxValue).WithNewLine("\n").WithMaxSimpleKeyLength(1024);

    /// <summary>The document of <paramref name="node"/>, with a line break at its end.</summary>
    public static string Write(JsonNode node)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        var emitter = new Emitter(text, Settings);
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, [], isImplicit: true));
        Emit(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                var flow = members.Count == 0 ? MappingStyle.Flow : MappingStyle.Block;
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, flow));
                foreach (var (name, value) in members)
                {
                    Emit(emitter, (JsonNode)name);
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Block));
                foreach (var item in items)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            default:
                var text = node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
                var style = text is null || Plain().IsMatch(text) && !Reserved().IsMatch(text) ? ScalarStyle.Plain : ScalarStyle.SingleQuoted;
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text ?? node!.ToJsonString(), style, isPlainImplicit: true, isQuotedImplicit: true));
                break;
        }
    }

    // Text that no YAML reader takes for anything but text: no indicator, no ": ", no " #".
    [GeneratedRegex("""^[A-Za-z./][A-Za-z0-9./$+()=;,'"-]*( [A-Za-z0-9./$+()=;,'"-]+)*$""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Plain();

    [GeneratedRegex("""^(?i:true|false|null|yes|no|on|off|y|n|[.].*inf|[.].*nan|[.][0-9].*)$""", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Reserved();
}
