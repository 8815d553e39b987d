using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>list</c>: the runs under way.</summary>
internal sealed class ListVerb
{
    private readonly Option<string?> _phase = new("--phase") { Description = "Only runs in this phase, over or not; by default all that are not over.", HelpName = "PHASE" };
    private readonly Option<string?> _incident = new("--incident") { Description = "Only runs about this incident.", HelpName = "INCIDENT" };

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("list", "Show the runs under way, those that wait for a person first.") { _phase, _incident };
        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        var phase = RunTable.Phase(context.Parse.GetValue(_phase));
        var session = context.Connect();

        // Chosen here: an API server older than 1.31 selects by no field of these.
        var all = await session.ListAsync<RunbookExecution>(cancellationToken);
        var runs = RunTable.Choose(all, phase, context.Parse.GetValue(_incident));
        switch (format)
        {
            case OutputFormat.Json or OutputFormat.Yaml:
                ObjectPrinter.Print(context.Out, format, ListOf(runs));
                break;
            case OutputFormat.Name:
                context.Print(runs.Select(run => ResourceNames.Of<RunbookExecution>(run.Metadata.Name)));
                break;
            default:
                await PrintAsync(context, session, runs, format == OutputFormat.Wide);
                break;
        }

        return ExitCode.Success;
    }

    private async Task PrintAsync(VerbContext context, ClusterSession session, IReadOnlyList<RunbookExecution> runs, bool wide)
    {
        if (runs.Count > 0)
        {
            context.Print(RunTable.Lines(runs, wide, context.Host.Time.GetUtcNow()));
            return;
        }

        var which = context.Parse.GetValue(_phase) is null ? "runs under way" : "such runs";
        await context.Host.Terminal.Error.WriteLineAsync($"No {which} in namespace {session.Namespace}.");
    }

    // As kubectl prints several objects.
    private static JsonObject ListOf(IEnumerable<RunbookExecution> runs) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "List",
        ["metadata"] = new JsonObject { ["resourceVersion"] = "" },
        ["items"] = new JsonArray([.. runs.Select(run => JsonSerializer.SerializeToNode(run, KubernetesJson.Options))]),
    };
}
