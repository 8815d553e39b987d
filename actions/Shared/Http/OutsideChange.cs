using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>What all actions have in common that change something in another system. There is no version to hold such a change to: each says
/// itself how it finds out whether it has acted.</summary>
internal abstract class OutsideChange(ActionDeclaration declaration) : IAction
{
    /// <summary>Member of <see cref="ActionTarget.Seen"/>: the attempt that acts, by which what it did is found again.</summary>
    public const string SeenMark = "mark";

    public ActionDeclaration Declaration => declaration;

    /// <summary>What undoes it.</summary>
    protected abstract string Undo { get; }

    /// <summary>Whether it can be taken back from here.</summary>
    protected virtual bool CanUndo => false;

    public ActionAssessment Assess(ActionInputs inputs)
    {
        Check(inputs);
        var (risk, reasons) = Judge(inputs);
        return new ActionAssessment(risk, reasons, Touches(inputs), Undo);
    }

    public async Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken)
    {
        CheckFilled(context);
        var seen = await LookAsync(context, cancellationToken);
        seen[SeenMark] = context.AttemptId;
        return new ActionTarget
        {
            ApiVersion = declaration.Name.Split('/')[0],
            Kind = declaration.Name.Split('/')[1],
            Namespace = context.Namespace,
            Name = Touches(context.Inputs),
            Uid = "",
            ResourceVersion = "",
            Seen = seen,
            Undo = Undo,
            Undoable = CanUndo,
        };
    }

    public async Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        CheckFilled(context);
        if (context.DryRun)
        {
            return new ActionOutcome.Succeeded(DryRuns.Would(Would(context)));
        }

        try
        {
            return await ActAsync(context, cancellationToken);
        }
        catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
        {
            return NotBegun(context, ApiFailure.Of(exception, cancellationToken)!);
        }
    }

    public async Task<ActionTarget?> PrepareUndoAsync(ActionContext context, ActionTarget done, CancellationToken cancellationToken)
    {
        if (!done.Undoable)
        {
            return null;
        }

        CheckFilled(context);
        try
        {
            return done with { Moved = await DriftAsync(context, MarkOf(done), cancellationToken) };
        }
        catch (EgressException exception)
        {
            throw new ActionException(Sentence(exception.Message));
        }
    }

    public Task<ActionOutcome> UndoAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        UndoAsync(context, MarkOf(target), cancellationToken);

    /// <summary>The risk of these inputs and why, the gravest first.</summary>
    protected abstract (RiskLevel Risk, IReadOnlyList<string> Reasons) Judge(ActionInputs inputs);

    /// <summary>What is changed, in a few words.</summary>
    protected abstract string Touches(ActionInputs inputs);

    /// <summary>Checks the inputs beyond their types.</summary>
    protected abstract void CheckInputs(ActionInputs inputs);

    /// <summary>Acts.</summary>
    protected abstract Task<ActionOutcome> ActAsync(ActionContext context, CancellationToken cancellationToken);

    /// <summary>What the output of an act would be.</summary>
    protected abstract string Would(ActionContext context);

    /// <summary>What is to be recorded before the act. Reads only.</summary>
    protected virtual Task<JsonObject> LookAsync(ActionContext context, CancellationToken cancellationToken) => Task.FromResult(new JsonObject());

    /// <summary>How what an act did is no longer as it left it; null if it is.</summary>
    protected virtual Task<string?> DriftAsync(ActionContext context, string mark, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>Takes back what the attempt <paramref name="mark"/> did.</summary>
    protected virtual Task<ActionOutcome> UndoAsync(ActionContext context, string mark, CancellationToken cancellationToken) =>
        Task.FromResult<ActionOutcome>(new ActionOutcome.Failed($"nothing undoes {declaration.Name}"));

    /// <summary>What it means that the API server did not give what the act needs: this process has sent nothing.</summary>
    public static ActionOutcome NotBegun(ActionContext context, ApiFailure failure) =>
        context.MayHaveActed ? new ActionOutcome.Unknown(Sentence(failure.Message)) : new ActionOutcome.Failed(Sentence(failure.Message));

    /// <summary>Text from elsewhere as part of a message: one line, bounded.</summary>
    protected static string Sentence(string text) => Variables.Clean(text, Limits.Message);

    private static string MarkOf(ActionTarget target) => target.Seen.Text(SeenMark) ?? throw new ActionException("the record of the act does not say which attempt it was");

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
        InputCheck.Check(declaration, inputs);
        CheckInputs(inputs);
    }
}
