using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>
/// What a typed step can do. An action is idempotent by construction: acting twice with one attempt id and one target changes the world once,
/// or says that it cannot know.
/// </summary>
public interface IAction
{
    /// <summary>Name, inputs and documentation.</summary>
    ActionDeclaration Declaration { get; }

    /// <summary>The risk of these inputs, what they touch, and what will undo it. Pure: needs no cluster. Inputs may still hold <c>${name}</c>.</summary>
    /// <exception cref="ActionException">An input is unknown, missing or not what it must be.</exception>
    ActionAssessment Assess(ActionInputs inputs);

    /// <summary>Reads what will be touched: UID, version and the values that undoing needs. Reads only; null for an action that changes nothing.</summary>
    /// <exception cref="ActionException">The inputs, or what they name, cannot be acted upon.</exception>
    Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken);

    /// <summary>Acts. For an action that changes state <paramref name="target"/> is what <see cref="PrepareAsync"/> saw; the act carries it as
    /// its precondition.</summary>
    Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken);

    /// <summary>Reads what undoing an act would touch now. Reads only; null where nothing undoes it. Where the world has moved since,
    /// <see cref="ActionTarget.Moved"/> says how.</summary>
    /// <param name="context">The inputs as they were; the attempt id is the undo's own.</param>
    /// <param name="done">What the act had touched, as recorded.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ActionException">It cannot be undone any more, such as when the object is another one.</exception>
    Task<ActionTarget?> PrepareUndoAsync(ActionContext context, ActionTarget done, CancellationToken cancellationToken) =>
        Task.FromResult<ActionTarget?>(null);

    /// <summary>Undoes an act. As idempotent as acting: it carries the version in <paramref name="target"/> as its precondition.</summary>
    /// <param name="context">The inputs as they were; the attempt id is the undo's own.</param>
    /// <param name="target">What <see cref="PrepareUndoAsync"/> saw.</param>
    /// <param name="cancellationToken">Gives up; what was sent may have happened.</param>
    Task<ActionOutcome> UndoAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        Task.FromResult<ActionOutcome>(new ActionOutcome.Failed($"nothing undoes {Declaration.Name}"));
}

/// <summary>What an action is called, takes and does.</summary>
/// <param name="Name">Such as <c>kubernetes/scale</c>.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="ChangesState">Whether it ever changes anything.</param>
/// <param name="Inputs">Its inputs.</param>
public sealed record ActionDeclaration(string Name, string Description, bool ChangesState, IReadOnlyList<ActionInput> Inputs);

/// <summary>One input.</summary>
/// <param name="Name">The name under <c>with</c>.</param>
/// <param name="Type">What its value must be.</param>
/// <param name="Description">One sentence for people, with the default.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Values">The values allowed; empty allows any.</param>
public sealed record ActionInput(string Name, ActionInputType Type, string Description, bool Required = false, IReadOnlyList<string>? Values = null);

/// <summary>What an input's value must be.</summary>
public enum ActionInputType
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>true or false.</summary>
    Flag,

    /// <summary>A duration such as 30s.</summary>
    Duration,

    /// <summary>A list of texts, such as the words of a command.</summary>
    List,

    /// <summary>An object of any depth, such as a manifest.</summary>
    Object,

    /// <summary>A list of objects, such as the operations of a JSON patch.</summary>
    Objects,
}

/// <summary>What an action would do with given inputs.</summary>
/// <param name="Risk">How risky.</param>
/// <param name="Reasons">Why, riskiest first; never empty.</param>
/// <param name="Touches">What is read or changed, in a few words, such as <c>Deployment checkout/web</c>.</param>
/// <param name="Undo">What undoes it in one sentence, or null if nothing is changed.</param>
public sealed record ActionAssessment(RiskLevel Risk, IReadOnlyList<string> Reasons, string Touches, string? Undo);

/// <summary>Everything an action needs to act.</summary>
/// <param name="Client">The API, already as the service account the step acts as.</param>
/// <param name="Namespace">The run's namespace; the default of an input <c>namespace</c>.</param>
/// <param name="Inputs">Inputs with values filled in.</param>
/// <param name="AttemptId">Id made from run, step and attempt, at most 63 characters of a DNS label.</param>
/// <param name="Now">The time.</param>
/// <param name="DryRun">Do everything but change: the API server is asked with <c>dryRun=All</c>, and what would speak to anything else says what
/// it would do. Defaults to false.</param>
/// <param name="Run">The run that the step is of; null outside of one.</param>
/// <param name="Since">When the attempt was recorded, whoever acts for it now; null where nothing is recorded, as for a check.</param>
public sealed record ActionContext(
    IKubernetesClient Client, string Namespace, ActionInputs Inputs, string AttemptId, DateTimeOffset Now, bool DryRun = false, ActionRun? Run = null,
    DateTimeOffset? Since = null)
{
    /// <summary>Whether the attempt was recorded by a process that has ended since and may have acted. What has no way to find out answers
    /// <see cref="ActionOutcome.Unknown"/> then. Defaults to false.</summary>
    public bool MayHaveActed { get; init; }
}

/// <summary>A run, as far as an action may know it.</summary>
/// <param name="Name">The RunbookExecution, in the run's namespace.</param>
/// <param name="Uid">Its UID.</param>
/// <param name="Incident">The incident it is for, or null.</param>
public sealed record ActionRun(string Name, string Uid, string? Incident);

/// <summary>An action that runs a command. The step's risk is then also what the classifier says of it, with what it knows of the site's programs.</summary>
internal interface ICommandAction
{
    /// <summary>The command as a line for a shell, or null if none is given.</summary>
    string? CommandLine(ActionInputs inputs);
}

/// <summary>What an action will touch, as it was when the intent was recorded.</summary>
public sealed record ActionTarget
{
    /// <summary>Group and version.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }

    /// <summary>The resource's name in paths, such as <c>deployments</c>; null in records of older versions, which knew workloads only.</summary>
    public string? Plural { get; init; }

    /// <summary>Namespace; empty for cluster-scoped kinds.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>UID: a new object of the same name is another.</summary>
    public required string Uid { get; init; }

    /// <summary>Version when it was seen: the precondition of the act.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>Member of <see cref="Seen"/>: the attempt that had changed the object last.</summary>
    public const string SeenAttempt = "attempt";

    /// <summary>Values seen that undoing needs, such as <c>replicas</c>.</summary>
    public JsonObject? Seen { get; init; }

    /// <summary>What undoes the act, with the values seen, in one sentence.</summary>
    public required string Undo { get; init; }

    /// <summary>What a person must know besides the risk, seen on the object itself, such as who will revert the change; null for nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>Whether <see cref="IAction.UndoAsync"/> can undo the act; otherwise <see cref="Undo"/> says why not.</summary>
    public bool Undoable { get; init; }

    /// <summary>For an undo: how what the act has set is no longer so, in one sentence; null if all is as the act left it. A person is asked then.</summary>
    public string? Moved { get; init; }
}

/// <summary>What came of an act.</summary>
public abstract record ActionOutcome
{
    private ActionOutcome()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Output">What a person reads and outputs are taken from.</param>
    public sealed record Succeeded(string Output) : ActionOutcome;

    /// <summary>Not done, for certain.</summary>
    /// <param name="Message">Why, in one sentence.</param>
    /// <param name="Output">What was found on the way, or null.</param>
    public sealed record Failed(string Message, string? Output = null) : ActionOutcome;

    /// <summary>Not there yet; act again after <paramref name="After"/>. Only from actions that change nothing, and from those that go on
    /// where they stopped, whoever acts again with the same attempt and target, however often.</summary>
    /// <param name="Message">What is still missing.</param>
    /// <param name="After">When to look again.</param>
    public sealed record Pending(string Message, TimeSpan After) : ActionOutcome;

    /// <summary>What would be touched has changed since it was seen, and this attempt has for certain not acted and never will with the target
    /// it had. It may be prepared again.</summary>
    /// <param name="Message">What has changed.</param>
    public sealed record Moved(string Message) : ActionOutcome;

    /// <summary>It may have happened. A person decides.</summary>
    /// <param name="Message">Why it is not known.</param>
    public sealed record Unknown(string Message) : ActionOutcome;
}

/// <summary>An action cannot be done with these inputs, whoever asks.</summary>
public sealed class ActionException(string message) : Exception(message);
