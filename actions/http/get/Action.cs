using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>http/get: asks for an address and shows what it answers.</summary>
internal sealed class HttpGetAction(ActionServices services) : IAction
{
    private const string Contains = "contains";

    public ActionDeclaration Declaration { get; } = new(
        "http/get",
        "Asks for an address by HTTP and shows what it answers.",
        ChangesState: true,
        [
            HttpInputs.UrlInput,
            Credential.Input,
            HttpInputs.StatusInput,
            new(Contains, ActionInputType.Text, "Text that the answer must hold. Defaults to any."),
        ]);

    public ActionAssessment Assess(ActionInputs inputs)
    {
        Check(inputs);
        var (risk, reasons) = HttpInputs.Judge("GET", inputs, hasBody: false);
        return new ActionAssessment(risk, reasons, OutsideUrl.Authority(inputs.Required(HttpInputs.Url)), risk == RiskLevel.Safe ? null : HttpSend.NoUndo);
    }

    public Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken)
    {
        Check(context.Inputs);
        return Task.FromResult(IsSafe(context.Inputs) ? null : HttpSend.Target(context, Declaration));
    }

    public async Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        try
        {
            Check(context.Inputs);
            return context.DryRun
                ? new ActionOutcome.Succeeded(DryRuns.Would($"GET {OutsideUrl.Authority(context.Inputs.Required(HttpInputs.Url))}\n"))
                : await AskAsync(context, cancellationToken);
        }
        catch (ActionException exception)
        {
            return new ActionOutcome.Failed(exception.Message);
        }
        catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
        {
            return OutsideChange.NotBegun(context, ApiFailure.Of(exception, cancellationToken)!);
        }
    }

    private async Task<ActionOutcome> AskAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var safe = IsSafe(context.Inputs);
        var outcome = await HttpSend.SendAsync(context, services.Egress, HttpMethod.Get, null, safe, cancellationToken);
        return outcome switch
        {
            // What only reads may be asked again.
            ActionOutcome.Unknown unknown when safe => new ActionOutcome.Pending(unknown.Message, OutsideRead.Interval),
            ActionOutcome.Succeeded done when context.Inputs.Text(Contains) is { } text && !done.Output.Contains(text, StringComparison.Ordinal) =>
                new ActionOutcome.Failed("the answer does not hold the text that it must", done.Output),
            _ => outcome,
        };
    }

    private static bool IsSafe(ActionInputs inputs) => HttpInputs.Judge("GET", inputs, hasBody: false).Risk == RiskLevel.Safe;

    private void Check(ActionInputs inputs)
    {
        InputCheck.Check(Declaration, inputs);
        HttpInputs.Check(inputs);
    }
}
