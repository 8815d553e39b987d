using System.CommandLine;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>wait</c>: until a run is over, for scripts.</summary>
internal sealed class WaitVerb
{
    /// <summary>The longest <c>--timeout</c>.</summary>
    public static readonly TimeSpan MaximumTimeout = TimeSpan.FromDays(30);

    private readonly Argument<string> _run = Arguments.Required("RUN", "The run.");

    private readonly Option<string?> _timeout = new("--timeout")
    {
        Description = "How long to wait, such as 30s or 10m; 0s looks once. Until the run is over by default.", HelpName = "DURATION",
    };

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("wait", "Wait until a run is over; the exit code says how it ended.") { _run, _timeout };
        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        var timeout = Timeout(context.Parse.GetValue(_timeout));
        var session = context.Connect();
        var run = await session.GetAsync<RunbookExecution>(context.Parse.GetRequiredValue(_run), cancellationToken);
        var last = await UntilOverAsync(context, session, run, timeout, cancellationToken);
        var status = last.Status!;
        var words = RunOutcome.Message(status) is { Length: > 0 } message ? $": {Plain.Line(message)}" : "";
        var phase = Plain.Line(status.Phase?.ToLowerInvariant() ?? "over");
        ObjectPrinter.Print(context.Out, format, last, ResourceNames.Of<RunbookExecution>(last.Metadata.Name), phase + words);
        return RunOutcome.ExitCodeOf(status);
    }

    /// <summary>The time that <c>--timeout</c> gives; null for null.</summary>
    /// <exception cref="CliException">It is no duration, or too long a one.</exception>
    public static TimeSpan? Timeout(string? text) => text is null ? null
        : Duration.TryParse(text, out var duration) && duration.Value <= MaximumTimeout ? duration.Value
        : throw new CliException($"--timeout takes a duration such as 30s, 10m or 1h30m of at most {MaximumTimeout.TotalDays} days, not '{text}'");

    private static async Task<RunbookExecution> UntilOverAsync(
        VerbContext context, ClusterSession session, RunbookExecution run, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var seen = run;
        var watch = new ObjectWatch<RunbookExecution>(session.Client, context.Host.Time)
        {
            Lost = reason => context.Host.Terminal.Error.WriteLine($"warning: connection lost, trying again: {Plain.Line(reason)}"),
        };
        using var end = new CancellationTokenSource(timeout ?? System.Threading.Timeout.InfiniteTimeSpan, context.Host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            return await session.GuardAsync("watch", RunbookExecution.Definition, () => watch.UntilAsync(run, IsOver, either.Token))
                ?? throw new CliException($"{ResourceNames.Of<RunbookExecution>(run.Metadata.Name)} was deleted");
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var place = seen.Status?.Step is { } step ? $" at {Plain.Line(step)}" : "";
            throw new CliException(
                $"{ResourceNames.Of<RunbookExecution>(run.Metadata.Name)} is not over after {Duration.Of(timeout!.Value)}: "
                    + $"{seen.Status?.Phase ?? ExecutionPhase.Pending}{place}\n'{context.Host.ProgramName} follow {run.Metadata.Name}' shows what it waits for.",
                ExitCode.StillWaiting);
        }

        bool IsOver(RunbookExecution changed)
        {
            seen = changed;
            return RunOutcome.IsOver(changed.Status);
        }
    }
}
