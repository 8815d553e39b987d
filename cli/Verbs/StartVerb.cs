using System.CommandLine;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>start</c>: a run by hand.</summary>
internal sealed class StartVerb
{
    /// <summary>Random hexadecimal digits at the end of a run's name.</summary>
    public const int RandomDigits = 8;

    private readonly Argument<string> _runbook = Arguments.Required("RUNBOOK", "The runbook.");

    private readonly Option<string[]> _parameter = new("--param", "-p")
    {
        Description = "A value for a parameter; give it again for more.", HelpName = "NAME=VALUE", Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _mode = new("--mode")
    {
        Description = "ReadAlong, Copilot or Autopilot; the runbook's by default, and never above it.", HelpName = "MODE",
    };

    private readonly Option<string?> _incident = new("--incident")
    {
        Description = "The incident it is about; parameters may come from its alert.", HelpName = "INCIDENT",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Do everything but act, and say what would be done." };

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("start", "Start a run by hand.") { _runbook, _parameter, _mode, _incident, _dryRun };
        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        var parameters = RunParameters.Parse(context.Parse.GetValue(_parameter) ?? []);
        var asked = RunModes.Parse(context.Parse.GetValue(_mode));
        var session = context.Connect();
        var runbook = await session.GetAsync<Runbook>(context.Parse.GetRequiredValue(_runbook), cancellationToken);
        RunParameters.Check(runbook.Spec, parameters);
        var mode = RunModes.Choose(asked, runbook);
        if (context.Parse.GetValue(_incident) is { } incident)
        {
            await session.GetAsync<Incident>(incident, cancellationToken);
        }

        var wanted = NewRun(runbook, mode, parameters, context.Parse.GetValue(_incident), context.Host.RandomHex(RandomDigits));
        if (context.Parse.GetValue(_dryRun))
        {
            wanted = wanted with { Spec = wanted.Spec with { DryRun = true } };
        }

        var stored = await session.CreateAsync(wanted, cancellationToken);
        ObjectPrinter.Print(context.Out, format, stored, ResourceNames.Of<RunbookExecution>(stored.Metadata.Name), wanted.Spec.DryRun == true ? "started (dry run)" : "started");
        return ExitCode.Success;
    }

    /// <summary>The run to create.</summary>
    public static RunbookExecution NewRun(
        Runbook runbook, RunbookMode mode, Dictionary<string, string> parameters, string? incident, string random)
    {
        var name = runbook.Metadata.Name!;
        var labels = new Dictionary<string, string> { [Names.RunbookLabel] = name };
        if (incident is { Length: <= Limits.Label })
        {
            labels[Names.IncidentLabel] = incident;
        }

        return new RunbookExecution
        {
            Metadata = new ObjectMeta { Name = $"{name}-{random}", Namespace = runbook.Metadata.Namespace, Labels = labels },
            Spec = new RunbookExecutionSpec
            {
                Runbook = new ExecutionRunbook { Name = name },
                Incident = incident,
                Trigger = new ExecutionTrigger { Type = TriggerType.Manual },
                Parameters = parameters.Count > 0 ? parameters : null,
                Mode = mode,
            },
        };
    }
}
