using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>Decides what became of a command in a container. Pure. What may have run is not known; it never counts as not done.</summary>
internal static class ExecVerdict
{
    /// <summary>The outcome of a command that has ended.</summary>
    public static ActionOutcome Of(ExecResult result, string output)
    {
        var text = output + (result.IsTruncated ? "\n(there was more)\n" : "");
        return result.ExitCode == 0 ? new ActionOutcome.Succeeded(text) : new ActionOutcome.Failed($"the command ended with exit code {result.ExitCode}", text);
    }

    /// <summary>The outcome of a command that ran for too long.</summary>
    public static ActionOutcome TimedOut(TimeSpan timeout) =>
        new ActionOutcome.Unknown($"The command had not ended within {Duration.Of(timeout)}; it may still run.");

    /// <summary>The outcome where its end was not told.</summary>
    public static ActionOutcome Of(ApiFailure failure) => failure.Kind == FailureKind.Refused
        ? new ActionOutcome.Failed($"the command was not run: {failure.Message}")
        : new ActionOutcome.Unknown($"Whether the command ran, and how it ended, is not known: {failure.Message}");

    /// <summary>The outcome where the pod carries this attempt's mark, and this process has not set it.</summary>
    public static ActionOutcome Begun(ActionTarget target) =>
        new ActionOutcome.Unknown($"This attempt has begun before on {Resources.Title(target)}; whether the command ran is not known.");

    /// <summary>The outcome of a mark that was not answered with yes, or null to send it again.</summary>
    public static ActionOutcome? OfMark(ApiFailure failure, Sighting sighting, ActionTarget target, bool last) => sighting == Sighting.Ours
        ? Begun(target)
        : PatchVerdict.Of(failure, sighting, target, done: "", last);
}
