using RunbookOperator.Kubernetes;

namespace RunbookOperator.Executions;

/// <summary>What to run where a namespace does not let the operator in.</summary>
internal static class LetIn
{
    /// <summary>The command that prints what such a namespace grants.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="account">An account that the operator is to act as; empty for none but the reader.</param>
    public static string Command(string ns, string? account) =>
        $"kubectl runbook enable {ns}{(string.IsNullOrEmpty(account) || account == Api.Names.Reader ? "" : $" --service-account {account}")} | kubectl apply -f -";

    /// <summary>What to add to a refusal: how to let the operator in, if it is that which is missing. The API server is asked, for a refusal
    /// may be admission's too.</summary>
    public static async Task<string> HintAsync(
        IKubernetesClient client, string ns, string account, ApiException refusal, CancellationToken cancellationToken)
    {
        if (!refusal.IsForbidden)
        {
            return "";
        }

        try
        {
            ResourceAttributes[] asked =
            [
                new() { Verb = "create", Resource = Pod.Definition.Plural, Namespace = ns },
                new() { Verb = "impersonate", Resource = ServiceAccount.Definition.Plural, Name = account, Namespace = ns },
            ];
            foreach (var right in asked)
            {
                var review = await client.CreateAsync(new SelfSubjectAccessReview { Spec = new SelfSubjectAccessReviewSpec { ResourceAttributes = right } }, cancellationToken);
                if (review.Status?.Allowed != true)
                {
                    return $"; let the operator in with: {Command(ns, account)}";
                }
            }

            return "";
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException)
        {
            return "";
        }
    }
}
