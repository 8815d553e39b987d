using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <summary>Fills in the values of a step, judges it as it would act now, and reads what it touches.</summary>
internal sealed partial class StepPreparer(IKubernetesClient client, ActionCatalog actions, StepJudges judges, IPolicies policies, ExecutionOptions options, TimeProvider time)
{
    private readonly ChildPreparer _children = new(client, judges, policies);

    // The input of typed actions that names where they act, if it is not the run's own namespace.
    private const string NamespaceInput = "namespace";

    private readonly StepSecrets _secrets = new(client);

    /// <summary>Prepares the step of <paramref name="request"/>. What makes it impossible is in <see cref="PreparedStep.Problem"/>; only failures that may pass
    /// are exceptions.</summary>
    public async Task<PreparedStep> PrepareAsync(
        RunbookExecution execution, RunbookSpec runbook, Request.Prepare request, CancellationToken cancellationToken)
    {
        if (request.Step.Runbook is null)
        {
            return await PrepareOwnAsync(execution, runbook, request, cancellationToken);
        }

        var child = await _children.PrepareAsync(execution, request, cancellationToken);
        return child with { Digest = Digest(execution, request.Step, child, "", request.Recorded ?? child.Target) };
    }

    private async Task<PreparedStep> PrepareOwnAsync(
        RunbookExecution execution, RunbookSpec runbook, Request.Prepare request, CancellationToken cancellationToken)
    {
        var (_, attempt, variables, recorded) = request;
        var step = Surrounded(runbook, request.Step);
        var problem = default(PreparationProblem);
        var inputs = step.Uses is null ? null : new ActionInputs(step.With).Fill(variables, out var missing);
        var filled = inputs is null ? step : step with { With = inputs.Values };
        if (step.Uses is not null && MissingInput(step, variables) is { } input)
        {
            problem = new PreparationProblem(Reasons.MissingParameter, $"the variable {input} has no value");
        }

        var ns = execution.Metadata.Namespace!;
        var touched = inputs?.Text(NamespaceInput) is { Length: > 0 } other ? other : ns;
        var policy = policies.For(ns, touched);
        var judge = judges.For(policy);
        var verdict = judge.Judge(filled, [.. variables.Keys]);
        if (StepRules.Denial(policy, filled, verdict, touched) is { } denial)
        {
            problem = new PreparationProblem(Reasons.PolicyDenied, denial);
        }

        var environment = step.Run is null ? new Dictionary<string, string>() : StepEnvironment.Of(step, variables, ref problem);
        var text = Text(step, inputs, variables, ref problem);
        var account = step.Manual is not null ? "" : verdict.Level == RiskLevel.Safe ? Names.Reader : runbook.ServiceAccountName ?? "";
        if (account.Length == 0 && step.Manual is null)
        {
            problem ??= new PreparationProblem(Reasons.Invalid, $"the step is {verdict.Level.ToText()} and the runbook names no serviceAccountName to act as");
        }

        if (!Variables.TryFill(step.Confirm ?? step.Name, variables, out var confirm))
        {
            problem ??= new PreparationProblem(Reasons.MissingParameter, $"the variable {confirm} has no value");
        }

        if (confirm.Length > Limits.Line || text.Length > Limits.Run)
        {
            problem ??= new PreparationProblem(Reasons.Invalid, "with its values filled in, the step or the text to be typed is too long");
            (confirm, text) = (Variables.Clean(confirm, Limits.Line), text.Length > Limits.Run ? text[..Limits.Run] : text);
        }

        var prepared = new PreparedStep
        {
            Step = step.Name,
            Attempt = attempt,
            IsUndo = request.Direction != StepDirection.Forward,
            Policy = policy,
            Risk = verdict.Level,
            Reasons = [.. verdict.Reasons, .. StepEnvironment.Words(step, options.Redactor)],
            Command = text,
            Environment = environment,
            Secrets = StepEnvironment.Secrets(step),
            Image = step.Run is null ? "" : step.Image ?? options.StepImage,
            ServiceAccount = account,
            Undo = verdict.Undo,
            Confirm = string.IsNullOrWhiteSpace(confirm) ? step.Name : confirm,
            Problem = problem,
            Digest = "",
        };
        prepared = await LookAsync(execution, runbook, request, prepared, inputs, cancellationToken);
        return prepared with { Digest = Digest(execution, step, prepared, judge.RuleSet, recorded ?? prepared.Target) };
    }

    // What the step touches, and what undoes it.
    private async Task<PreparedStep> LookAsync(
        RunbookExecution execution, RunbookSpec runbook, Request.Prepare request, PreparedStep prepared, ActionInputs? inputs, CancellationToken cancellationToken)
    {
        if (request is { Direction: StepDirection.Inverse, Done: { } done })
        {
            prepared = prepared with { Command = InverseText(request.Step, done) };
        }

        if (prepared.Problem is null && !request.PlanOnly)
        {
            prepared = prepared with { Problem = await _secrets.ProblemAsync(execution.Metadata.Namespace!, prepared, cancellationToken) };
        }

        if (prepared.Problem is null && !request.PlanOnly && inputs is not null)
        {
            prepared = await TargetAsync(execution, request, prepared, inputs, cancellationToken);
        }

        return await WithPlanAsync(execution, runbook, request, prepared, cancellationToken);
    }

    /// <summary>What an action needs to act.</summary>
    public ActionContext Context(RunbookExecution execution, string account, ActionInputs inputs, string attemptId) => new(
        client.As(Impersonation.ServiceAccount(execution.Metadata.Namespace!, account)), execution.Metadata.Namespace!, inputs, attemptId, time.GetUtcNow(), execution.Spec.DryRun == true,
        Run: new ActionRun(execution.Metadata.Name!, execution.Metadata.Uid!, execution.Spec.Incident));

    private async Task<PreparedStep> TargetAsync(
        RunbookExecution execution, Request.Prepare request, PreparedStep prepared, ActionInputs inputs, CancellationToken cancellationToken)
    {
        var step = request.Step;
        if (actions.Find(step.Uses) is not { } action)
        {
            return prepared with { Problem = new PreparationProblem(Reasons.Invalid, $"there is no action {step.Uses}") };
        }

        try
        {
            var context = Context(execution, prepared.ServiceAccount, inputs, AttemptId.Of(execution, step.Name, prepared.Attempt, prepared.IsUndo));
            if (request.Direction == StepDirection.Inverse)
            {
                return await InverseTargetAsync(action, context, request, prepared, cancellationToken);
            }

            return await action.PrepareAsync(context, cancellationToken) is { } target
                ? prepared with
                {
                    Target = JsonSerializer.SerializeToNode(target, KubernetesJson.Options)!.AsObject(),
                    Undo = target.Undo,

                    // Behind the gravest reason: only the first few are kept.
                    Reasons = [.. prepared.Reasons.Take(1), .. target.Warnings ?? [], .. prepared.Reasons.Skip(1)],
                }
                : prepared;
        }
        catch (ActionException exception)
        {
            return prepared with { Problem = new PreparationProblem(Reasons.StepFailed, exception.Message) };
        }
        catch (ApiException exception) when (!exception.IsTransient)
        {
            var message = await ExplainAsync(execution, prepared.ServiceAccount, exception, cancellationToken);
            return prepared with { Problem = new PreparationProblem(Reasons.StepFailed, Variables.Clean(message, Limits.Message)) };
        }
    }

    /// <summary>What the API server said to an account, without secrets, and what to do about it.</summary>
    public async Task<string> ExplainAsync(RunbookExecution execution, string account, ApiException exception, CancellationToken cancellationToken) =>
        options.Redactor.Redact(exception.Message) + await LetIn.HintAsync(client, execution.Metadata.Namespace!, account, exception, cancellationToken);

    private static string? MissingInput(RunbookStep step, IReadOnlyDictionary<string, string> variables)
    {
        _ = new ActionInputs(step.With).Fill(variables, out var missing);
        return missing;
    }

    // The image that the operator has anyway is nobody's choice.
    private RunbookStep Surrounded(RunbookSpec runbook, RunbookStep step)
    {
        var surrounded = runbook.WithSurroundings(step);
        return surrounded.Image == options.StepImage ? surrounded with { Image = null } : surrounded;
    }

    private static string Text(RunbookStep step, ActionInputs? inputs, IReadOnlyDictionary<string, string> variables, ref PreparationProblem? problem)
    {
        if (step.Run is { } run)
        {
            return run;
        }

        if (step.Manual is { } manual)
        {
            if (Variables.TryFill(manual, variables, out var words))
            {
                return words;
            }

            problem ??= new PreparationProblem(Reasons.MissingParameter, $"the variable {words} has no value");
            return manual;
        }

        var lines = inputs!.Values.Select(input => $"  {input.Key}: {(input.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : input.Value?.ToJsonString())}");
        return string.Join('\n', lines.Prepend(step.Uses!));
    }

    private string Digest(RunbookExecution execution, RunbookStep step, PreparedStep prepared, string ruleSet, JsonObject? target) =>
        new StepDigest
        {
            Namespace = execution.Metadata.Namespace!,
            ExecutionUid = execution.Metadata.Uid!,
            Step = step.Name,
            Attempt = prepared.Attempt,
            Command = prepared.Command,
            Environment = prepared.Environment,
            Secrets = prepared.Secrets.ToDictionary(secret => secret.Name, secret => $"{secret.Secret}/{secret.Key}", StringComparer.Ordinal),
            Image = prepared.Image,
            ServiceAccount = prepared.ServiceAccount,
            Risk = prepared.Risk.ToText(),
            RuleSet = ruleSet,
            IsUndo = prepared.IsUndo,
            Undo = prepared.UndoneBy?.Plan,
            Target = target is null ? null : Meaning(target),
        }.Compute();

    // Which object, and what was seen of it: not its version, which any controller moves, nor the mark of the attempt before.
    private static JsonObject Meaning(JsonObject target)
    {
        var meaning = target.DeepClone().AsObject();
        meaning.Remove("resourceVersion");
        meaning.Remove("undo");
        (meaning["seen"] as JsonObject)?.Remove(ActionTarget.SeenAttempt);
        return meaning;
    }
}
