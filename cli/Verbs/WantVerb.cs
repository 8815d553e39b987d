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

    private readonly Argument<string> _run = Arguments.Required("RUN", "The run.");
    private readonly Option<bool> _now = new("--now") { Description = "Also delete the Pods that run; whether their steps happened is then for a person to say." };

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command(wanted.Verb, wanted.Description) { _run };
        if (wanted.State == DesiredState.Aborted)
        {
            command.Add(_now);
        }

        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        var session = context.Connect();
        var execution = await session.GetAsync<RunbookExecution>(context.Parse.GetRequiredValue(_run), cancellationToken);
        foreach (var change in wanted.Patches(execution))
        {
            execution = await session.GuardAsync("patch", RunbookExecution.Definition, () => session.Client.PatchAsync<RunbookExecution>(
                NamespacedName.Of(execution), new Patch(PatchType.Merge, change) { FieldManager = FieldManager }, cancellationToken));
        }

        // Only once nothing more starts: what is deleted is then not followed by the next.
        foreach (var pod in wanted.State == DesiredState.Aborted && context.Parse.GetValue(_now) ? WantedState.Pods(execution.Status) : [])
        {
            await DeleteAsync(session, pod, cancellationToken);
        }

        ObjectPrinter.Print(context.Out, format, execution, ResourceNames.Of<RunbookExecution>(execution.Metadata.Name), wanted.Past);
        return ExitCode.Success;
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
    }
}
