using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Risk;

namespace RunbookOperator.Cli.Risks;

/// <summary>The risk of one step of a runbook, as the operator finds it.</summary>
/// <param name="Runbook">Name of the runbook.</param>
/// <param name="Place">The step's place and the number of steps, as <c>5/8</c>.</param>
/// <param name="Step">Name of the step.</param>
/// <param name="Verdict">How risky, and why.</param>
internal sealed record StepRisks(string Runbook, string Place, string Step, StepVerdict Verdict)
{
    /// <summary>Every step of a runbook, in order. A step may use the parameters, and the outputs of earlier steps.</summary>
    public static IEnumerable<StepRisks> Of(Runbook runbook, StepJudge judge)
    {
        var variables = new HashSet<string>((runbook.Spec.Parameters ?? []).Select(parameter => parameter.Name), StringComparer.Ordinal);
        var number = 0;
        foreach (var step in runbook.Spec.Steps)
        {
            yield return new($"{runbook.Metadata.Name}", $"{++number}/{runbook.Spec.Steps.Count}", step.Name, judge.Judge(runbook.Spec.WithSurroundings(step), variables));
            variables.UnionWith((step.Outputs ?? []).Select(output => output.Name));
        }
    }

    /// <summary>The step with its risk, then each reason.</summary>
    public IEnumerable<string> Lines(Paint paint) =>
    [
        $"{Place} {paint.Bold(Plain.Line(Step))}  {paint.Risk(Verdict.Level)}",
        .. Verdict.Reasons.Select(reason => $"    {Plain.Line(reason)}"),
    ];

    /// <summary>The same for programs.</summary>
    public JsonObject ToJson() => new()
    {
        ["runbook"] = Runbook,
        ["step"] = Step,
        ["risk"] = Verdict.Level.ToText(),
        ["reasons"] = new JsonArray([.. Verdict.Reasons.Select(reason => new JsonObject { ["message"] = reason })]),
    };
}
