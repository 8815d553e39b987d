using System.CommandLine;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>approve</c>, <c>reject</c>, <c>skip</c>, <c>done</c>, <c>retry</c>: one decision on one step, shown in full first.</summary>
internal sealed class DecisionVerb(Decision decision)
{
    private readonly Argument<string> _run = Arguments.Required("RUN", "The run.");
    private readonly Argument<string?> _step = Arguments.Optional("STEP", "The step; the one that waits by default.");
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for those who ask later.", HelpName = "TEXT" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };

    private readonly Option<string?> _confirm = new("--confirm")
    {
        Description = "The text that a dangerous step asks for, where it cannot be typed.", HelpName = "TEXT",
    };

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command(decision.Verb, decision.Description) { _run, _step, _reason, _yes };
        if (decision.LetsAct)
        {
            command.Add(_confirm);
        }

        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        var terminal = context.Host.Terminal;
        var session = context.Connect();
        var execution = await session.GetAsync<RunbookExecution>(context.Parse.GetRequiredValue(_run), cancellationToken);
        var step = WaitingStep.Choose(execution, context.Parse.GetValue(_step), decision);

        // A program reads standard output: the story then goes beside it.
        var story = format.IsForMachines() ? terminal.Error : terminal.Out;
        var paint = format.IsForMachines() ? Paint.None : context.Paint;
        await ShowAsync(story, execution, step, paint);
        var consent = new Consent(context.Parse.GetValue(_yes), decision.LetsAct ? context.Parse.GetValue(_confirm) : null);
        var confirm = await consent.AskAsync(decision, step, terminal, story, cancellationToken);

        var random = context.Host.RandomHex(Approvals.RandomDigits);
        var approval = Approvals.Of(execution, step, decision, confirm, context.Parse.GetValue(_reason), random);
        var stored = await session.CreateAsync(approval, cancellationToken);
        ObjectPrinter.Print(terminal.Out, format, stored, ResourceNames.Of<RunbookExecution>(execution.Metadata.Name), decision.Past);
        await terminal.Out.FlushAsync(cancellationToken);
        await ApprovalAnswer.CheckAsync(session, stored, context.Host, story, cancellationToken);
        return ExitCode.Success;
    }

    private static async Task ShowAsync(TextWriter story, RunbookExecution execution, StepStatus step, Paint paint)
    {
        var place = Transitions.Place(execution.Status!, step.Name);
        await story.WriteLineAsync($"{paint.Bold(Plain.Line(execution.Metadata.Name))}: {(WaitingStep.GoesBack(execution) ? "undo of step" : "step")} {place} {paint.Bold(Plain.Line(step.Name))}");
        foreach (var line in StepView.Lines(step, paint))
        {
            await story.WriteLineAsync($"  {line}");
        }
    }
}
