using System.CommandLine;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>pause</c>, <c>resume</c>, <c>abort</c>: what is wanted of a run under way.</summary>
internal sealed class WantVerb(WantedState wanted)
{
    private const string FieldManager = "kubectl-runbook";

    private readonly Argument<string?> _run = Target(wanted.State);
    private readonly StopOptions? _stop = wanted.State == DesiredState.Paused ? new() : null;
    private readonly Option<bool> _now = new("--now") { Description = "Also delete the Pods that run; whether their steps happened is then for a person to say." };

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command(wanted.Verb, wanted.Description) { _run };
        if (wanted.State == DesiredState.Aborted)
        {
            command.Add(_now);
        }

        _stop?.AddTo(command);
        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        var name = context.Parse.GetValue(_run);
        if (_stop is not null && (name is null || _stop.IsAll(context.Parse)))
        {
            await _stop.StopAsync(context, format, name, cancellationToken);
            return ExitCode.Success;
        }

        var session = context.Connect();
        var execution = await session.GetAsync<RunbookExecution>(name!, cancellationToken);
        foreach (var change in wanted.Patches(execution))
        {
            execution = await session.GuardAsync("patch", RunbookExecution.Definition, () => session.Client.PatchAsync<RunbookExecution>(
                NamespacedName.Of(execution), new Patch(PatchType.Merge, change) { FieldManager = FieldManager }, cancellationToken));
        }

        ObjectPrinter.Print(context.Out, format, execution, ResourceNames.Of<RunbookExecution>(execution.Metadata.Name), wanted.Past);

        // Only once nothing more starts: what is deleted is then not followed by the next.
        foreach (var pod in wanted.State == DesiredState.Aborted && context.Parse.GetValue(_now) ? WantedState.Pods(execution.Status) : [])
        {
            await DeleteAsync(session, pod, cancellationToken);
        }

        return ExitCode.Success;
    }

    private static Argument<string?> Target(DesiredState state)
    {
        var one = Arguments.Optional("RUN", state == DesiredState.Paused ? "The run; without it, every run of the namespace." : "The run.");
        one.Arity = state == DesiredState.Paused ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne;
        return one;
    }

    private static async Task DeleteAsync(ClusterSession session, string pod, CancellationToken cancellationToken)
    {
        try
        {
            await session.GuardAsync("delete", Pod.Definition, async () =>
            {
                await session.Client.DeleteAsync<Pod>(session.Key(pod), null, cancellationToken);
                return pod;
            }, passNotFound: true);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // It has ended by itself.
        }
        catch (CliException error)
        {
            throw new CliException($"the run starts nothing more, but what runs goes on to its end: {error.Message}");
        }
    }
}
