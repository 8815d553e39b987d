using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/debug-copy: starts a copy of a pod that serves nobody and runs another command.</summary>
internal sealed class DebugCopyAction : IAction, ICommandAction
{
    /// <summary>How long a copy lives if nothing is said.</summary>
    public static readonly TimeSpan DefaultTtl = TimeSpan.FromHours(1);

    /// <summary>The longest that a copy may live.</summary>
    public static readonly TimeSpan MaximumTtl = TimeSpan.FromHours(24);

    private const string Command = "command";
    private const string Image = "image";
    private const string Others = "others";
    private const string Ttl = "ttl";
    private const string SourceUid = "sourceUid";
    private const string SourceSpec = "sourceSpec";
    private const int HashLength = 16;

    public ActionDeclaration Declaration { get; } = new(
        "kubernetes/debug-copy",
        "Starts a copy of a pod that serves nobody and runs another command.",
        ChangesState: true,
        [
            PodInput.Name,
            ObjectInput.NamespaceInput,
            PodInput.ContainerName,
            new(Command, ActionInputType.List, "What the copy runs, word by word, such as sleep and 1h. No shell reads it.", Required: true),
            new(Image, ActionInputType.Text, "The image of a container debugger that runs the command, with the volumes and variables of the container. Defaults to the container itself."),
            new(Others, ActionInputType.Flag, "Run the pod's other containers too, as they are. Defaults to false."),
            new(Ttl, ActionInputType.Duration, $"How long the copy lives, at most {Duration.Of(MaximumTtl)}. Defaults to {Duration.Of(DefaultTtl)}."),
        ]);

    public string? CommandLine(ActionInputs inputs) => Actions.CommandLine.InContainer(Actions.CommandLine.Words(inputs, Command));

    public ActionAssessment Assess(ActionInputs inputs)
    {
        var pod = Check(inputs);
        var words = Actions.CommandLine.Words(inputs, Command);
        List<string> grave = [];
        if (inputs.Text(Image) is not null)
        {
            grave.Add("what is in the image is not known");
        }

        if (inputs.IsOpen(Others) || inputs.Flag(Others))
        {
            grave.Add("the other containers run a second time: they may take work or change data");
        }

        var risk = Actions.CommandLine.RiskOf(words, "starts a pod with the rights and the secrets of the other");
        return new ActionAssessment(
            grave.Count > 0 ? RiskLevel.Dangerous : risk.Level, [.. grave, .. risk.Reasons], Variables.Clean($"a copy of {pod}", Limits.Line), "Delete the copy.");
    }

    public async Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken)
    {
        Check(context.Inputs);
        FoundObject.CheckFilled(context.Inputs);
        var source = PodInput.NameOf(context);
        var found = await FoundObject.ReadAsync(context, Pod.Definition, source, cancellationToken);
        PodInput.ContainerOf(context.Inputs, found);
        var name = new NamespacedName(source.Namespace, context.AttemptId);
        var target = MadeObject.Target(context, Pod.Definition, name, $"Delete {Resources.Title(Pod.Definition, name)}, the copy of {source.Name}.");
        target.Seen![SourceUid] = found.Text("metadata", "uid");
        target.Seen[SourceSpec] = SpecHash(found);
        return target;
    }

    public async Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var source = PodInput.NameOf(context);
        var done = $"{Resources.Title(target)} made, a copy of {source.Name}; it ends after {Duration.Of(TtlOf(context.Inputs))}\n";
        if (await GuardedCreate.LookAsync(context, target, cancellationToken) is Creation.Ours)
        {
            return new ActionOutcome.Succeeded(done);
        }

        var found = await FoundObject.FindAsync(context, Pod.Definition, source, cancellationToken);
        if (found.Text("metadata", "uid") != target.Seen.Text(SourceUid) || SpecHash(found!) != target.Seen.Text(SourceSpec))
        {
            return new ActionOutcome.Moved($"Pod {source} is gone or is another one since it was looked at.");
        }

        var plan = new CopyPlan(
            PodInput.ContainerOf(context.Inputs, found!),
            Actions.CommandLine.Words(context.Inputs, Command),
            context.Inputs.Text(Image),
            context.Inputs.Flag(Others),
            (long)TtlOf(context.Inputs).TotalSeconds);
        return await GuardedCreate.SendAsync(context, target, () => Task.FromResult(PodCopy.Of(found!, plan)), done, cancellationToken);
    }

    public async Task<ActionTarget?> PrepareUndoAsync(ActionContext context, ActionTarget done, CancellationToken cancellationToken) =>
        await MadeObject.PrepareUndoAsync(context, done, _ => null, cancellationToken);

    public Task<ActionOutcome> UndoAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        MadeObject.UndoAsync(context, target, cancellationToken);

    private static TimeSpan TtlOf(ActionInputs inputs) => inputs.Time(Ttl) ?? DefaultTtl;

    private static string SpecHash(JsonObject pod) => CanonicalJson.Hash(pod["spec"], HashLength);

    private ObjectInput Check(ActionInputs inputs)
    {
        InputCheck.Check(Declaration, inputs);
        if (!inputs.IsOpen(Ttl) && (TtlOf(inputs) < TimeSpan.FromSeconds(1) || TtlOf(inputs) > MaximumTtl))
        {
            throw new ActionException($"the input ttl must be from 1s to {Duration.Of(MaximumTtl)}");
        }

        return PodInput.Read(inputs);
    }
}
