using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>What all actions that only read have in common: they are safe, touch nothing, and may be repeated.</summary>
internal abstract class ReadAction(ActionDeclaration declaration) : IAction
{
    /// <summary>When to look again after the API server did not answer, unless it says when.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public ActionDeclaration Declaration => declaration;

    public ActionAssessment Assess(ActionInputs inputs)
    {
        Check(inputs);
        return new ActionAssessment(RiskLevel.Safe, [Reason(inputs)], Touches(inputs), Undo: null);
    }

    public Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken)
    {
        Check(context.Inputs);
        return Task.FromResult<ActionTarget?>(null);
    }

    public async Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        try
        {
            Check(context.Inputs);
            return await ReadAsync(context, cancellationToken);
        }
        catch (ActionException exception)
        {
            return new ActionOutcome.Failed(exception.Message);
        }
        catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
        {
            var failure = ApiFailure.Of(exception, cancellationToken)!;
            return failure.Kind is FailureKind.Busy or FailureKind.Unclear
                ? new ActionOutcome.Pending(failure.Message, failure.RetryAfter ?? RetryAfter)
                : new ActionOutcome.Failed(failure.Message);
        }
    }

    /// <summary>Why it is safe.</summary>
    protected abstract string Reason(ActionInputs inputs);

    /// <summary>What is read, in a few words.</summary>
    protected abstract string Touches(ActionInputs inputs);

    /// <summary>Checks the inputs beyond their types.</summary>
    protected abstract void CheckInputs(ActionInputs inputs);

    /// <summary>Reads.</summary>
    protected abstract Task<ActionOutcome> ReadAsync(ActionContext context, CancellationToken cancellationToken);

    private void Check(ActionInputs inputs)
    {
        InputCheck.Check(declaration, inputs);
        CheckInputs(inputs);
    }
}
