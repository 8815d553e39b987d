using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <content>What undoes a step.</content>
internal sealed partial class StepPreparer
{
    private const int PlanLength = 32;

    /// <summary>Adds what a step comes down to, and what undoes it, so that whoever approves the step has seen its undo.</summary>
    private async Task<PreparedStep> WithPlanAsync(
        RunbookExecution execution, RunbookSpec runbook, Request.Prepare request, PreparedStep prepared, CancellationToken cancellationToken)
    {
        prepared = prepared with { Plan = prepared.Problem is null || request.PlanOnly ? PlanOf(prepared) : "" };
        if (request.Direction != StepDirection.Forward || UndoStep.Of(request.Step, request.Recorded ?? prepared.Target) is not { } undo)
        {
            return prepared;
        }

        var plan = await PrepareAsync(
            execution,
            runbook,
            new Request.Prepare(undo.Step, 1, request.Variables) { Direction = undo.Direction, Done = undo.Done, PlanOnly = true },
            cancellationToken);
        return prepared with { UndoneBy = plan.Problem is null ? plan : plan with { Plan = "" }, Undo = Sentence(prepared, undo, plan) };
    }

    // What a person sees of the undo before anything is done.
    private static string Sentence(PreparedStep prepared, UndoStep undo, PreparedStep plan)
    {
        var what = undo.Direction == StepDirection.Inverse ? prepared.Undo : $"{plan.Command.ReplaceLineEndings(" ")} ({plan.Risk.ToText()})";
        var asked = plan.Risk > prepared.Risk ? " It is riskier than the step, so it needs approvals of its own." : "";
        return Variables.Clean(what ?? "", Limits.Message - asked.Length) + asked;
    }

    private static string InverseText(RunbookStep step, JsonObject done) =>
        $"undo of {step.Uses}: {(done["undo"] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "")}";

    private static async Task<PreparedStep> InverseTargetAsync(
        IAction action, ActionContext context, Request.Prepare request, PreparedStep prepared, CancellationToken cancellationToken)
    {
        var done = request.Done.Deserialize<ActionTarget>(KubernetesJson.Options)!;
        return await action.PrepareUndoAsync(context, done, cancellationToken) is { } target
            ? prepared with
            {
                Target = JsonSerializer.SerializeToNode(target, KubernetesJson.Options)!.AsObject(),
                Moved = target.Moved,
                Reasons = target.Moved is { } moved ? [moved, .. prepared.Reasons] : prepared.Reasons,
            }
            : prepared with { Problem = new PreparationProblem(Reasons.UndoFailed, "nothing undoes it any more") };
    }

    private static string PlanOf(PreparedStep prepared) => CanonicalJson.Hash(
        new JsonObject
        {
            ["command"] = prepared.Command,
            ["environment"] = new JsonObject(prepared.Environment.Select(static value => KeyValuePair.Create<string, JsonNode?>(value.Key, value.Value))),
            ["secrets"] = new JsonObject(prepared.Secrets.Select(static secret => KeyValuePair.Create<string, JsonNode?>(secret.Name, $"{secret.Secret}/{secret.Key}"))),
            ["image"] = prepared.Image,
            ["serviceAccount"] = prepared.ServiceAccount,
            ["risk"] = prepared.Risk.ToText(),
        },
        PlanLength);
}
