using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Executions;

/// <content>Undoing: what would undo each step, and what came of it.</content>
internal sealed partial class Story
{
    /// <summary>Typed steps whose action records what undoes it, with the value it saw.</summary>
    public Dictionary<string, string> Inverses { get; } = [];

    /// <summary>Risk of the undo of each step; that of the step if not said.</summary>
    public Dictionary<string, RiskLevel> UndoRisks { get; } = [];

    /// <summary>How the world has moved since a step.</summary>
    public Dictionary<string, string> MovedWorld { get; } = [];

    /// <summary>What makes the undo of a step impossible to prepare.</summary>
    public Dictionary<string, PreparationProblem> UndoProblems { get; } = [];

    /// <summary>What comes of an attempt of an undo; success if not said.</summary>
    public Dictionary<string, Func<int, StepEvidence?>> UndoEnds { get; } = [];

    /// <summary>Attempts of undos that acted, in order.</summary>
    public List<string> Undone { get; } = [];

    /// <summary>Decisions of people on undos that count.</summary>
    public List<(string Step, int Attempt, string User, ApprovalDecision Decision)> UndoPeople { get; } = [];

    /// <summary>What a rollback run undoes.</summary>
    public IReadOnlyList<RunbookExecution> Undoes { get; set; } = [];

    /// <summary>What each undo was told to go back to.</summary>
    public Dictionary<string, string?> WentBackTo { get; } = [];

    public Story DecideUndo(string step, string user, ApprovalDecision decision, int attempt = 1)
    {
        UndoPeople.Add((step, attempt, user, decision));
        return this;
    }

    public StepUndoStatus UndoOf(string step) => Step(step).Rollback!;

    private JsonObject? TargetOf(RunbookStep step) => step.Uses is null ? null
        : Inverses.TryGetValue(step.Name, out var seen) ? new JsonObject { ["uid"] = "1", ["undoable"] = true, ["seen"] = seen }
        : new JsonObject { ["uid"] = "1" };

    private PreparedStep? UndoneByOf(RunbookStep step, int attempt) => UndoStep.Of(step, TargetOf(step)) is { } undo
        ? PlanOf(undo.Step, attempt)
        : null;

    private PreparedStep PlanOf(RunbookStep step, int attempt) => new()
    {
        Step = step.Name,
        Attempt = attempt,
        IsUndo = true,
        Policy = Policy,
        Risk = UndoRisks.TryGetValue(step.Name, out var risk) ? risk : Risks.GetValueOrDefault(step.Name),
        Reasons = ["because"],
        Command = "undo of " + (step.Run ?? step.Uses),
        ServiceAccount = "fixer",
        Plan = "plan-" + step.Name,
        Digest = "",
    };

    private PreparedStep UndoPreparedOf(Request.Prepare prepare)
    {
        var name = prepare.Step.Name;
        WentBackTo[name] = (string?)prepare.Done?["seen"];
        return PlanOf(prepare.Step, prepare.Attempt) with
        {
            Digest = $"undo-{name}-{prepare.Attempt}-{(prepare.Recorded is null ? MovedWorld.GetValueOrDefault(name) : (string?)prepare.Recorded["moved"])}",
            Moved = MovedWorld.GetValueOrDefault(name),
            Target = prepare.Direction == StepDirection.Inverse ? new JsonObject { ["uid"] = "1", ["moved"] = MovedWorld.GetValueOrDefault(name) } : null,
            Problem = UndoProblems.GetValueOrDefault(name),
        };
    }

    private StepEvidence UndoEvidenceOf(RunbookStep step, StepStatus status)
    {
        var attempt = $"{step.Name}/{status.Attempt}";
        StepEvidence evidence = !Undone.Contains(attempt) || Forgotten.Remove("undo of " + attempt)
            ? new StepEvidence.NotStarted { Step = step.Name, Attempt = status.Attempt }
            : !UndoEnds.TryGetValue(step.Name, out var said) ? Success(step.Name, status.Attempt)
            : said(status.Attempt) ?? new StepEvidence.Ongoing { Step = step.Name, Attempt = status.Attempt };
        return evidence with { IsUndo = true };
    }
}
