using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/copy-logs: keeps the end of a container's log beside the run, so that it outlives the pod.</summary>
internal sealed class CopyLogsAction : IAction
{
    /// <summary>How much is kept, in bytes: an object may have 1 MiB, and the incident's notes are for what people say.</summary>
    public const int MaximumBytes = 256 * 1024;

    /// <summary>Lines kept where nothing is said.</summary>
    public const int DefaultTail = 1000;

    /// <summary>The key of the log in the ConfigMap.</summary>
    public const string Key = "log";

    private const string Since = "since";
    private const string Tail = "tail";
    private const string Previous = "previous";

    private static readonly Redactor Redactor = new();

    public ActionDeclaration Declaration { get; } = new(
        "kubernetes/copy-logs",
        "Keeps the end of a container's log in a ConfigMap beside the run, so that it outlives the pod.",
        ChangesState: true,
        [
            PodInput.Name,
            ObjectInput.NamespaceInput,
            PodInput.ContainerName,
            new(Since, ActionInputType.Duration, "Only what is newer than this. Defaults to all."),
            new(Tail, ActionInputType.Number, $"How many lines, at most {LogsAction.MaximumTail}. Defaults to {DefaultTail}."),
            new(Previous, ActionInputType.Flag, "Of the container before the present one: why it ended. Defaults to false."),
        ]);

    public ActionAssessment Assess(ActionInputs inputs)
    {
        var pod = Check(inputs);
        return new ActionAssessment(
            RiskLevel.Caution,
            ["makes a ConfigMap that whoever may read ConfigMaps there can read"],
            Variables.Clean($"log of {pod}, copied to a ConfigMap in the run's namespace", Limits.Line),
            "Delete the copy.");
    }

    public async Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken)
    {
        Check(context.Inputs);
        FoundObject.CheckFilled(context.Inputs);
        PodInput.ContainerOf(context.Inputs, await FoundObject.ReadAsync(context, Pod.Definition, PodInput.NameOf(context), cancellationToken));
        var name = new NamespacedName(context.Namespace, context.AttemptId);
        return MadeObject.Target(context, ConfigMap.Definition, name, $"Delete {Resources.Title(ConfigMap.Definition, name)}.");
    }

    public async Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var name = PodInput.NameOf(context);
        var done = $"log of {name} kept in {Resources.Title(target)}\nkubectl get configmap -n {target.Namespace} {target.Name} -o go-template='{{{{.data.{Key}}}}}'\n";
        if (await GuardedCreate.LookAsync(context, target, cancellationToken) is Creation.Ours)
        {
            return new ActionOutcome.Succeeded(done);
        }

        var pod = await FoundObject.ReadAsync(context, Pod.Definition, name, cancellationToken);
        var source = new LogSource(name, PodInput.ContainerOf(context.Inputs, pod));
        var log = await ReadAsync(context, source, cancellationToken);
        return log.Problem is not null
            ? new ActionOutcome.Failed(log.Problem)
            : await GuardedCreate.SendAsync(context, target, () => Task.FromResult(LogCopy.Of(context.Run, source, Kept(log.Text))), done, cancellationToken);
    }

    public async Task<ActionTarget?> PrepareUndoAsync(ActionContext context, ActionTarget done, CancellationToken cancellationToken) =>
        await MadeObject.PrepareUndoAsync(context, done, _ => null, cancellationToken);

    public Task<ActionOutcome> UndoAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        MadeObject.UndoAsync(context, target, cancellationToken);

    /// <summary>What is kept of a log: redacted, and not longer than may be.</summary>
    internal static string Kept(string log)
    {
        var text = Redactor.Redact(log);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length <= MaximumBytes)
        {
            return text;
        }

        var end = Encoding.UTF8.GetString(bytes[^MaximumBytes..]);
        return end[(end.IndexOf('\n', StringComparison.Ordinal) + 1)..];
    }

    private static async Task<LogText> ReadAsync(ActionContext context, LogSource source, CancellationToken cancellationToken)
    {
        var options = new LogOptions
        {
            Previous = context.Inputs.Flag(Previous),
            Since = context.Inputs.Time(Since),
            TailLines = (int)(context.Inputs.Number(Tail) ?? DefaultTail),
            LimitBytes = Limits.Log,
        };
        try
        {
            return await source.ReadAsync(context.Client, options, MaximumBytes, cancellationToken);
        }
        catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
        {
            // Nothing is made yet.
            return new LogText("", ApiFailure.Of(exception, cancellationToken)!.Message);
        }
    }

    private ObjectInput Check(ActionInputs inputs)
    {
        InputCheck.Check(Declaration, inputs);
        if (!inputs.IsOpen(Tail) && inputs.Number(Tail) is < 1 or > LogsAction.MaximumTail)
        {
            throw new ActionException($"the input tail must be from 1 to {LogsAction.MaximumTail}");
        }

        return PodInput.Read(inputs);
    }
}
