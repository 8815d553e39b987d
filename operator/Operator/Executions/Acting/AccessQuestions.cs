using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <summary>Asks the API server whether the accounts of a run may do what the runbook says they must.</summary>
internal sealed class AccessQuestions(IKubernetesClient client, StepJudges judges, IPolicies policies)
{
    private static readonly string[] Reading = ["get", "list", "watch"];

    /// <summary>The prerequisites that do not hold, each as a sentence.</summary>
    public async Task<IReadOnlyList<string>> UnmetAsync(
        RunbookExecution execution, RunbookSpec runbook, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        var ns = execution.Metadata.Namespace!;
        var judge = judges.For(policies.For(ns));
        var names = runbook.Variables();
        var risks = runbook.Steps.Where(step => step.Manual is null && step.Runbook is null).Select(step => judge.Judge(runbook.WithSurroundings(step), names).Level).ToList();
        var unmet = new List<string>();
        foreach (var prerequisite in runbook.Prerequisites!.Where(prerequisite => prerequisite.Can is not null))
        {
            foreach (var account in Accounts(runbook, risks, prerequisite.Can!.Verb))
            {
                if (await AnswerAsync(ns, account, prerequisite.Can, variables, cancellationToken) is { } no)
                {
                    unmet.Add($"{prerequisite.Text}: {no}");
                }
            }
        }

        return unmet;
    }

    // Safe steps only read, as an account that can do no more: it is not asked whether it may change something.
    private static IEnumerable<string> Accounts(RunbookSpec runbook, List<RiskLevel> risks, string verb)
    {
        if (risks.Contains(RiskLevel.Safe) && Reading.Contains(verb))
        {
            yield return Names.Reader;
        }

        if (runbook.ServiceAccountName is { } account && risks.Exists(risk => risk > RiskLevel.Safe))
        {
            yield return account;
        }
    }

    private async Task<string?> AnswerAsync(
        string ns, string account, AccessQuestion question, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        if (!Variables.TryFill(question.Namespace ?? ns, variables, out var target))
        {
            return $"the variable {target} has no value";
        }

        if (!Variables.TryFill(question.Name ?? "", variables, out var name))
        {
            return $"the variable {name} has no value";
        }

        var user = Impersonation.ServiceAccount(ns, account);
        var review = await client.CreateAsync(
            new SubjectAccessReview
            {
                ApiVersion = SubjectAccessReview.Definition.ApiVersion,
                Kind = SubjectAccessReview.Definition.Kind,
                Spec = new SubjectAccessReviewSpec
                {
                    User = user.User,
                    Groups = ["system:serviceaccounts", $"system:serviceaccounts:{ns}", "system:authenticated"],
                    ResourceAttributes = new ResourceAttributes
                    {
                        Verb = question.Verb,
                        Group = question.Group,
                        Resource = question.Resource,
                        Subresource = question.Subresource,
                        Name = name.Length == 0 ? null : name,
                        Namespace = target,
                    },
                },
            },
            cancellationToken);
        var what = question.Subresource is { } sub ? $"{question.Resource}/{sub}" : question.Resource;
        return review.Status is { Allowed: true, Denied: false } ? null : $"the service account {account} may not {question.Verb} {what} in {target}";
    }
}
