using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Risk;

namespace RunbookOperator.Cli.Risks;

/// <summary>Judges many commands: JSON lines in, JSON lines out, in the same order.</summary>
/// <param name="classifier">The judge.</param>
internal sealed class CommandLines(RiskClassifier classifier)
{
    /// <summary>Reads <c>{"id", "command"}</c> lines and writes <c>{"id", "risk", "reasons"}</c> lines. Empty lines are passed over; a line that is
    /// not of that form is told on <paramref name="errors"/> with its number, and the rest goes on.</summary>
    /// <returns>Whether every line could be judged.</returns>
    public async Task<bool> RunAsync(TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var all = true;
        for (var number = 1; await input.ReadLineAsync(cancellationToken) is { } text; number++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            try
            {
                await output.WriteLineAsync(Judge(text).AsMemory(), cancellationToken);
            }
            catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
            {
                // InvalidOperationException: a text with half of a surrogate pair.
                await errors.WriteLineAsync($"error: line {number}: {Plain.Line(error.Message)}");
                all = false;
            }
        }

        return all;
    }

    private string Judge(string text)
    {
        using var line = JsonDocument.Parse(text);
        if (line.RootElement.ValueKind != JsonValueKind.Object
            || !line.RootElement.TryGetProperty("id", out var id)
            || !line.RootElement.TryGetProperty("command", out var command) || command.ValueKind != JsonValueKind.String)
        {
            throw new FormatException("not an object with \"id\" and \"command\"");
        }

        var answer = new JsonObject { ["id"] = JsonNode.Parse(id.GetRawText()) };
        return MachineText.JsonLine(VerdictJson.Add(answer, classifier.Classify(command.GetString()!)));
    }
}
