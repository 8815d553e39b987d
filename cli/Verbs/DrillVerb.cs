using System.CommandLine;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;
using RunbookOperator.Documents;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>drill</c>: a rehearsal with an invented alert. Nothing is changed.</summary>
internal sealed class DrillVerb
{
    private readonly Argument<string> _runbook = Arguments.Required("RUNBOOK", "The runbook.");

    private readonly Option<string[]> _label = Pairs("--label", "A label of the invented alert; give it again for more.");

    private readonly Option<string[]> _annotation = Pairs("--annotation", "An annotation of the invented alert; give it again for more.");

    private readonly Option<string[]> _parameter = Pairs("--param", "A value for a parameter, whatever the alert says; give it again for more.", "-p");

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("drill", "Rehearse a runbook with an invented alert: a dry run.") { _runbook, _label, _annotation, _parameter };
        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        var labels = RunParameters.Parse(context.Parse.GetValue(_label) ?? [], "--label", "label");
        var annotations = RunParameters.Parse(context.Parse.GetValue(_annotation) ?? [], "--annotation", "annotation");
        var given = RunParameters.Parse(context.Parse.GetValue(_parameter) ?? []);
        var session = context.Connect();
        var runbook = await session.GetAsync<Runbook>(context.Parse.GetRequiredValue(_runbook), cancellationToken);
        RunParameters.Check(runbook.Spec, given);
        var alert = InventedAlert.For(runbook, labels);
        var story = format.IsForMachines() ? context.Host.Terminal.Error : context.Out;
        await story.WriteLineAsync($"invented alert: {string.Join(", ", alert.Labels.Select(label => $"{label.Key}={Plain.Line(label.Value)}"))}");
        if (alert.Note is { } note)
        {
            await story.WriteLineAsync($"note: {note}");
        }

        var values = AlertValues.Of(runbook.Spec.Parameters, alert.Labels, annotations);
        foreach (var (name, value) in given)
        {
            values[name] = value;
        }

        var run = StartVerb.NewRun(runbook, RunModes.Choose(null, runbook), values, incident: null, context.Host.RandomHex(StartVerb.RandomDigits));
        run = run with { Spec = run.Spec with { DryRun = true, Trigger = new ExecutionTrigger { Type = TriggerType.Drill } } };
        var stored = await session.CreateAsync(run, cancellationToken);
        ObjectPrinter.Print(context.Out, format, stored, ResourceNames.Of<RunbookExecution>(stored.Metadata.Name), "started (drill: nothing is changed)");
        return ExitCode.Success;
    }

    private static Option<string[]> Pairs(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description, HelpName = "NAME=VALUE", Arity = ArgumentArity.OneOrMore,
    };
}
