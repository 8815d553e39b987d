using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>git/revert: proposes that a commit is taken back.</summary>
internal sealed class GitRevertAction(ActionServices services) : IAction
{
    private const string Repository = "repository";
    private const string Commit = "commit";
    private const string SeenCommit = "commit";
    private const string SeenBranch = "branch";

    public ActionDeclaration Declaration { get; } = new(
        "git/revert",
        "Proposes that a commit is taken back: a pull request that people merge, or do not.",
        ChangesState: true,
        [
            new(Repository, ActionInputType.Text, "A RunbookRepository in the run's namespace, with pullRequests.", Required: true),
            new(Commit, ActionInputType.Text, "The commit: its id, or its first seven digits or more.", Required: true),
        ]);

    public ActionAssessment Assess(ActionInputs inputs)
    {
        Check(inputs);
        IReadOnlyList<string> reasons = inputs.IsOpen(Commit)
            ? ["which commit is not known before the run; nothing changes before somebody merges the proposal"]
            : ["pushes a branch; nothing changes before somebody merges the proposal"];
        return new ActionAssessment(RiskLevel.Caution, reasons, Touches(inputs), "Delete the branch, unless somebody has pushed to it or merged it.");
    }

    public async Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken)
    {
        CheckFilled(context);
        var (request, found) = await RequestAsync(context, context.AttemptId, cancellationToken);
        var state = await services.Reverts.ReadAsync(request, cancellationToken);
        if (state.Head is not null && !state.IsOurs)
        {
            throw new ActionException($"there is a branch {state.Branch} already: somebody has proposed it before");
        }

        return new ActionTarget
        {
            ApiVersion = found.ApiVersion ?? Names.ApiVersion,
            Kind = nameof(RunbookRepository),
            Plural = RunbookRepository.Definition.Plural,
            Namespace = context.Namespace,
            Name = found.Metadata.Name!,
            Uid = found.Metadata.Uid ?? "",
            ResourceVersion = state.BaseHead,
            Seen = new JsonObject { [SeenCommit] = state.Commit, [SeenBranch] = state.Branch, [OutsideChange.SeenMark] = context.AttemptId },
            Undo = $"Delete the branch {state.Branch}, unless somebody has pushed to it or merged it.",
            Undoable = true,
        };
    }

    public async Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        CheckFilled(context);
        var (request, _) = await RequestAsync(context, context.AttemptId, cancellationToken);
        var state = await services.Reverts.ReadAsync(request, cancellationToken);
        if (state.IsOurs)
        {
            return new ActionOutcome.Succeeded(Output(state, state.Head));
        }

        if (state.BaseHead != target.ResourceVersion || state.Head is not null)
        {
            return new ActionOutcome.Moved($"{state.Base} or {state.Branch} has changed since it was looked at");
        }

        return await OutcomeAsync(
            () => services.Reverts.ProposeAsync(request, state, cancellationToken),
            result => context.DryRun ? DryRuns.Would(Output(state, null)) : Output(state, result.Commit));
    }

    public async Task<ActionTarget?> PrepareUndoAsync(ActionContext context, ActionTarget done, CancellationToken cancellationToken)
    {
        CheckFilled(context);
        var (request, found) = await RequestAsync(context, MarkOf(done), cancellationToken);
        if (found.Metadata.Uid != done.Uid)
        {
            throw new ActionException($"RunbookRepository {found.Metadata.Name} was deleted and made again since; the new one is not touched");
        }

        var state = await services.Reverts.ReadAsync(request, cancellationToken);
        return done with
        {
            ResourceVersion = state.Head ?? "",
            Moved = state.IsOurs ? null
                : state.Head is null ? $"there is no branch {state.Branch} any more: it was merged or deleted"
                : $"somebody has pushed to {state.Branch}",
        };
    }

    public async Task<ActionOutcome> UndoAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken)
    {
        var (request, _) = await RequestAsync(context, MarkOf(target), cancellationToken);
        var state = await services.Reverts.ReadAsync(request, cancellationToken);
        return state switch
        {
            { Head: null } => new ActionOutcome.Succeeded($"there is no branch {state.Branch} any more\n"),
            { IsOurs: false } => new ActionOutcome.Moved($"somebody has pushed to {state.Branch}"),
            _ => await OutcomeAsync(
                () => services.Reverts.WithdrawAsync(request, state, cancellationToken),
                _ => context.DryRun ? DryRuns.Would($"branch {state.Branch} deleted\n") : $"branch {state.Branch} deleted\n"),
        };
    }

    private static async Task<ActionOutcome> OutcomeAsync(Func<Task<RevertResult>> act, Func<RevertResult, string> output)
    {
        var result = await act();
        return result.Kind switch
        {
            RevertResultKind.Done => new ActionOutcome.Succeeded(output(result)),
            RevertResultKind.Moved => new ActionOutcome.Moved(result.Message),
            RevertResultKind.Refused => new ActionOutcome.Failed(result.Message),
            _ => new ActionOutcome.Unknown(result.Message),
        };
    }

    // Who may not see the repository proposes nothing to it, whatever the repository's own account may.
    private static async Task<(RevertRequest Request, RunbookRepository Found)> RequestAsync(ActionContext context, string mark, CancellationToken cancellationToken)
    {
        var name = context.Inputs.Required(Repository);
        var found = await context.Client.FindAsync<RunbookRepository>(new NamespacedName(context.Namespace, name), cancellationToken)
            ?? throw new ActionException($"there is no RunbookRepository {name}");
        return (new RevertRequest(found, context.Inputs.Required(Commit), mark, context.DryRun), found);
    }

    private static string MarkOf(ActionTarget target) =>
        target.Seen.Text(OutsideChange.SeenMark) ?? throw new ActionException("the record of the act does not say which attempt it was");

    private static string Output(RevertState state, string? commit) =>
        $"branch {state.Branch}{(commit is null ? "" : $" at {commit}")} takes {state.Commit} back, for {state.Base}\n" + ActionOutput.KeepStart(state.Files.Select(file => "  " + Variables.Clean(file, Limits.Line)));

    private static string Touches(ActionInputs inputs) => Variables.Clean($"commit {inputs.Text(Commit)} of RunbookRepository {inputs.Text(Repository)}", Limits.Line);

    private void CheckFilled(ActionContext context)
    {
        Check(context.Inputs);
        if (context.Inputs.VariableNames.FirstOrDefault() is { } open)
        {
            throw new ActionException($"the variable {open} has no value");
        }
    }

    private void Check(ActionInputs inputs)
    {
        InputCheck.Check(Declaration, inputs);
        if (!inputs.IsOpen(Repository) && !ObjectNames.IsSubdomain(inputs.Required(Repository)))
        {
            throw new ActionException("the input repository must be the name of a RunbookRepository");
        }

        if (!inputs.IsOpen(Commit) && (inputs.Required(Commit) is not { Length: >= 7 and <= 40 } commit || commit.Any(c => !char.IsAsciiHexDigitLower(c))))
        {
            throw new ActionException("the input commit must be a commit's id, or its first seven digits or more, in lower case");
        }
    }
}
