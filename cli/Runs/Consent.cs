using RunbookOperator.Api;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Runs;

/// <summary>Asks the person once more, in the way that the risk calls for.</summary>
/// <param name="Yes"><c>--yes</c>: do not ask.</param>
/// <param name="Confirm"><c>--confirm</c>: the typed text.</param>
internal sealed record Consent(bool Yes, string? Confirm)
{
    /// <summary>Returns the typed text to carry, or null where none is needed.</summary>
    /// <param name="decision">What is decided.</param>
    /// <param name="step">On what; it was shown before.</param>
    /// <param name="terminal">Where the answer comes from.</param>
    /// <param name="questions">Where the question goes.</param>
    /// <param name="cancellationToken">Ends the wait for an answer.</param>
    /// <exception cref="CliException">The person said no, or cannot be asked.</exception>
    public async Task<string?> AskAsync(Decision decision, StepStatus step, Terminal terminal, TextWriter questions, CancellationToken cancellationToken)
    {
        if (decision.LetsAct && NeedsText(step))
        {
            return Confirm ?? await TypedAsync(decision, step, terminal, questions, cancellationToken);
        }

        if (!Yes)
        {
            await ConfirmAsync(decision.Verb, decision.Past, terminal, questions, cancellationToken);
        }

        return Confirm;
    }

    /// <summary>Whether the step acts only with a typed text: it is dangerous, or of a risk that this program does not know.</summary>
    public static bool NeedsText(StepStatus step) => step.Risk is not (null or "safe" or "caution");

    private static async Task<string> TypedAsync(
        Decision decision, StepStatus step, Terminal terminal, TextWriter questions, CancellationToken cancellationToken)
    {
        if (!terminal.IsInputTerminal)
        {
            throw new CliException($"step {step.Name} is {Plain.Line(step.Risk)} and there is no terminal to type its text on: give --confirm TEXT");
        }

        var typed = await ReadAsync($"Type the text that it asks for to {decision.Verb}: ", terminal, questions, cancellationToken);
        return typed is { Length: > 0 } ? typed : throw new CliException($"not {decision.Past}: nothing was typed");
    }

    /// <summary>Asks y/N.</summary>
    /// <exception cref="CliException">The person said no, or cannot be asked.</exception>
    public static async Task ConfirmAsync(string verb, string past, Terminal terminal, TextWriter questions, CancellationToken cancellationToken)
    {
        if (!terminal.IsInputTerminal)
        {
            throw new CliException($"there is no terminal to ask on: give --yes to {verb} without a question");
        }

        var answer = await ReadAsync($"{char.ToUpperInvariant(verb[0])}{verb[1..]}? [y/N] ", terminal, questions, cancellationToken);
        if (answer?.ToLowerInvariant() is not ("y" or "yes"))
        {
            throw new CliException($"not {past}");
        }
    }

    private static async Task<string?> ReadAsync(string question, Terminal terminal, TextWriter questions, CancellationToken cancellationToken)
    {
        await questions.WriteAsync(question.AsMemory(), cancellationToken);
        await questions.FlushAsync(cancellationToken);
        return (await terminal.In.ReadLineAsync(cancellationToken))?.Trim();
    }
}
