using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Runs;

/// <summary>Waits a moment for what the operator says to a decision.</summary>
internal static class ApprovalAnswer
{
    /// <summary>How long it may take. A decision that is one of several needed is not answered until the last of them.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Returns once the decision counts, or after <see cref="Timeout"/>.</summary>
    /// <exception cref="CliException">The operator refused it, or it is void.</exception>
    public static async Task CheckAsync(
        ClusterSession session, RunbookApproval stored, CliHost host, TextWriter story, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(Timeout, host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            var watch = new ObjectWatch<RunbookApproval>(session.Client, host.Time);
            var answered = await session.GuardAsync(
                "watch", RunbookApproval.Definition, () => watch.UntilAsync(stored, approval => approval.Status?.State is not null, either.Token));
            Judge(answered);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await story.WriteLineAsync($"No answer from the operator yet; '{host.ProgramName} follow {stored.Spec.Execution.Name}' shows what becomes of it.");
        }
    }

    /// <summary>Throws where the decision does not count.</summary>
    /// <param name="answered">The decision with the operator's answer; null if it was deleted, which only happens with its run.</param>
    public static void Judge(RunbookApproval? answered)
    {
        var message = answered?.Status?.Message is { Length: > 0 } text ? $": {Plain.Line(text)}" : "";
        var verdict = answered switch
        {
            null => "the decision was deleted before the operator answered",
            { Status.State: ApprovalState.Refused } => $"the operator refused the decision{message}",
            { Status.State: ApprovalState.Void } => $"the decision is void{message}",
            _ => null,
        };
        if (verdict is not null)
        {
            throw new CliException(verdict);
        }
    }
}
