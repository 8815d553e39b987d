using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>rollback</c>: undoes what a run did. One under way goes back itself; of one that is over a new run does it.</summary>
internal sealed class RollbackVerb
{
    /// <summary>How long the operator may take to make the run that goes back.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly Argument<string> _run = Arguments.Required("RUN", "The run.");
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("rollback", "Undo what a run did, the newest first.") { _run, _yes };
        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        var terminal = context.Host.Terminal;
        var session = context.Connect();
        var run = await session.GetAsync<RunbookExecution>(context.Parse.GetRequiredValue(_run), cancellationToken);
        Undoing.Check(run);
        var story = format.IsForMachines() ? terminal.Error : terminal.Out;
        foreach (var line in Undoing.Lines(run, format.IsForMachines() ? Paint.None : context.Paint))
        {
            await story.WriteLineAsync(line);
        }

        if (!context.Parse.GetValue(_yes))
        {
            await Consent.ConfirmAsync("rollback", "rolled back", terminal, story, cancellationToken);
        }

        if (RunOutcome.IsOver(run.Status))
        {
            var made = await AskAnewAsync(context, session, run, cancellationToken);
            ObjectPrinter.Print(context.Out, format, made ?? run, ResourceNames.Of<RunbookExecution>((made ?? run).Metadata.Name), made is null ? "is asked to be undone" : "started");
            return ExitCode.Success;
        }

        var patched = await session.PatchAsync<RunbookExecution>(
            run.Metadata.Name!, new JsonObject { ["spec"] = new JsonObject { ["desiredState"] = nameof(DesiredState.RolledBack) } }, cancellationToken);
        ObjectPrinter.Print(context.Out, format, patched, ResourceNames.Of<RunbookExecution>(run.Metadata.Name), "goes back");
        return ExitCode.Success;
    }

    // A run that is over stays as it is: the operator makes another one, once for each value of the annotation.
    private static async Task<RunbookExecution?> AskAnewAsync(
        VerbContext context, ClusterSession session, RunbookExecution run, CancellationToken cancellationToken)
    {
        var token = context.Host.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var list = await session.GuardAsync(
            "list", RunbookExecution.Definition, () => session.Client.ListAsync<RunbookExecution>(session.Namespace, new ListOptions(), cancellationToken));
        await session.PatchAsync<RunbookExecution>(
            run.Metadata.Name!,
            new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Names.RollbackAnnotation] = token } } },
            cancellationToken);
        using var end = new CancellationTokenSource(Timeout, context.Host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            var watch = new WatchOptions { ResourceVersion = list.ResourceVersion };
            await foreach (var change in session.Client.WatchAsync<RunbookExecution>(session.Namespace, watch, either.Token))
            {
                if (change.Object is { } made && made.Spec.Trigger.Parent == run.Metadata.Name
                    && made.Metadata.Annotations?.GetValueOrDefault(Names.RollbackAnnotation) == token)
                {
                    return made;
                }
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await context.Host.Terminal.Error.WriteLineAsync("No answer from the operator yet; 'kubectl get rbx' shows the run that undoes it.");
        }

        return null;
    }
}
