using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RunbookOperator.Cli.Rendering;

/// <summary>JSON and YAML for programs, safe to look at: characters that a terminal would obey are written as escapes.</summary>
internal static class MachineText
{
    private const int Indent = 4;

    /// <summary>JSON as kubectl prints it: indented by four, with an end of line.</summary>
    public static string Json(JsonNode value) => Write(value, indented: true) + "\n";

    /// <summary>JSON on one line, without an end of line.</summary>
    public static string JsonLine(JsonNode value) => Write(value, indented: false);

    /// <summary>One YAML document. Texts that YAML would read as something else are quoted.</summary>
    public static string Yaml(JsonNode value)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var emitter = new Emitter(text, EmitterSettings.Default.WithNewLine("\n").WithBestWidth(int.MaxValue));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(version: null, tags: null, isImplicit: true));
        Emit(emitter, value);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return Escape(text.ToString());
    }

    private static string Write(JsonNode value, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Indented = indented, IndentSize = Indent, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            value.WriteTo(writer);
        }

        return Escape(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, members.Count > 0 ? MappingStyle.Block : MappingStyle.Flow));
                foreach (var (name, member) in members)
                {
                    emitter.Emit(Text(name));
                    Emit(emitter, member);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray items:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, items.Count > 0 ? SequenceStyle.Block : SequenceStyle.Flow));
                foreach (var item in items)
                {
                    Emit(emitter, item);
                }

                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                emitter.Emit(Text(value.GetValue<string>()));
                break;
            default:
                // Numbers, true, false and null are the same in YAML as in JSON.
                emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, node?.ToJsonString() ?? "null", ScalarStyle.Plain, true, false));
                break;
        }
    }

    private static Scalar Text(string text)
    {
        var style = IsPlain(text) ? ScalarStyle.Plain : IsBlock(text) ? ScalarStyle.Literal : ScalarStyle.DoubleQuoted;
        return new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true);
    }

    // Words that no YAML reader takes for a number, a flag, a date or null. The emitter sees to indicators by itself.
    private static bool IsPlain(string text) =>
        text.Length > 0 && text.EnumerateRunes().All(Plain.IsHarmless) && (char.IsAsciiLetter(text[0]) || text[0] == '/')
        && text.ToLowerInvariant() is not ("true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or "null" or "nan");

    // Several lines, the first of which does not begin with a space that a reader would take for indentation.
    private static bool IsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal) && !char.IsWhiteSpace(text[0])
        && text.EnumerateRunes().All(rune => rune.Value == '\n' || Plain.IsHarmless(rune));

    // What is left stands inside quotes: nothing outside them is invisible.
    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n' || Plain.IsHarmless(rune))
            {
                safe.Append(rune.ToString());
                continue;
            }

            foreach (var unit in units[..rune.EncodeToUtf16(units)])
            {
                safe.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return safe.ToString();
    }
}
