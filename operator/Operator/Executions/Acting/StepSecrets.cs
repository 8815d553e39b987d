using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <summary>The Secrets that steps name, read as the account that the step acts as: the operator lends nobody its own rights.</summary>
internal sealed class StepSecrets(IKubernetesClient client)
{
    /// <summary>Why a Secret of the step may not be used; null if all may. A Secret is used only if its owner says so by the label
    /// <c>runbooks.dev/use</c>, and by a safe step only if it says that its values can only read.</summary>
    /// <exception cref="ApiException">The API server cannot answer now.</exception>
    public async Task<PreparationProblem?> ProblemAsync(string ns, PreparedStep step, CancellationToken cancellationToken)
    {
        foreach (var named in step.Secrets.GroupBy(variable => variable.Secret, StringComparer.Ordinal))
        {
            var (secret, refusal) = await ReadAsync(ns, named.Key, step.ServiceAccount, cancellationToken);
            if ((refusal ?? ProblemOf(secret!, named, step.Risk)) is { } problem)
            {
                return new PreparationProblem(Reasons.SecretNotUsable, problem);
            }
        }

        return null;
    }

    /// <summary>The values that a Pod was given from Secrets, so that they can be kept out of what it says.</summary>
    /// <returns>Null if one cannot be read, so that nobody knows what to look for.</returns>
    public async Task<IReadOnlyList<string>?> ValuesAsync(Pod pod, CancellationToken cancellationToken)
    {
        var values = new List<string>();
        var keys = (pod.Spec?.Containers ?? []).SelectMany(container => container.Env ?? []).Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<KeySelector>();
        foreach (var named in keys.GroupBy(key => key.Name, StringComparer.Ordinal))
        {
            var (secret, _) = await ReadAsync(pod.Metadata.Namespace!, named.Key, pod.Spec!.ServiceAccountName ?? "", cancellationToken);
            if (secret is null)
            {
                return null;
            }

            values.AddRange(named.Select(key => secret.Data?.GetValueOrDefault(key.Key)).OfType<byte[]>().Select(Encoding.UTF8.GetString));
        }

        return values;
    }

    private static string? ProblemOf(Secret secret, IEnumerable<SecretVariable> named, RiskLevel risk)
    {
        var name = secret.Metadata.Name;
        var use = secret.Metadata.Labels?.GetValueOrDefault(Names.UseLabel);
        if (use is not (Names.SafeStepsUse or Names.StepsUse))
        {
            return $"the Secret {name} does not carry the label {Names.UseLabel}: {Names.StepsUse}, so no step gets it";
        }

        if (risk == RiskLevel.Safe && use != Names.SafeStepsUse)
        {
            return $"the Secret {name} carries the label {Names.UseLabel}: {use}; a safe step gets only what carries {Names.SafeStepsUse}, a credential that can only read";
        }

        return named.FirstOrDefault(variable => secret.Data?.ContainsKey(variable.Key) != true) is { } missing ? $"the Secret {name} has no key {missing.Key}" : null;
    }

    private async Task<(Secret? Secret, string? Refusal)> ReadAsync(string ns, string name, string account, CancellationToken cancellationToken)
    {
        try
        {
            var secret = await client.As(Impersonation.ServiceAccount(ns, account)).FindAsync<Secret>(new NamespacedName(ns, name), cancellationToken);
            return (secret, secret is null ? $"there is no Secret {name}" : null);
        }
        catch (ApiException exception) when (!exception.IsTransient)
        {
            return (null, $"the service account {account} may not read the Secret {name}, or the operator may not act as it: {exception.Message}{await LetIn.HintAsync(client, ns, account, exception, cancellationToken)}");
        }
    }
}
