using RunbookOperator.Api;
using RunbookOperator.Runtime;

namespace RunbookOperator.Policies;

/// <summary>The policies of the cluster, from the cache. A namespace whose policies cannot be read runs nothing but safe steps.</summary>
/// <param name="policies">The cache.</param>
/// <param name="home">The operator's own namespace, whose policies count everywhere.</param>
/// <param name="builtIn">What holds where no policy says anything.</param>
internal sealed class ClusterPolicies(Informer<RunbookPolicy> policies, string home, EffectivePolicy builtIn) : IPolicies
{
    private static readonly PolicySource Unread = new("not read yet", new RunbookPolicySpec(), new PolicyProblem(Reasons.PolicyUnusable, "the policies have not been read yet"));

    /// <inheritdoc/>
    public EffectivePolicy For(string ns, string? target = null)
    {
        // What is not known yet may be a policy that says no.
        if (!policies.HasSynced)
        {
            return PolicyMerge.Of(builtIn, new PolicySet(null, [Unread]));
        }

        string[] namespaces = [.. new[] { home, ns, target }.OfType<string>().Distinct(StringComparer.Ordinal)];
        var undecodable = policies.Undecodable.Where(item => namespaces.Contains(item.Name.Namespace)).ToDictionary(item => item.Name.ToString(), StringComparer.Ordinal);
        var known = namespaces.SelectMany(policies.List).Select(policy => Source(policy, undecodable)).ToList();
        var never = undecodable.Values.Where(item => known.TrueForAll(source => source.Name != item.Name.ToString()))
            .Select(item => new PolicySource(item.Name.ToString(), new RunbookPolicySpec(), Undecodable(item.Error)));
        var all = known.Concat(never).ToList();
        var name = $"{home}/{PolicySource.Base}";
        return PolicyMerge.Of(builtIn, new PolicySet(all.Find(source => source.Name == name), all.FindAll(source => source.Name != name)));
    }

    // Of one that became undecodable the cache keeps what it said before: that still tightens.
    private static PolicySource Source(RunbookPolicy policy, Dictionary<string, Kubernetes.UndecodableItem> undecodable)
    {
        var name = Kubernetes.NamespacedName.Of(policy).ToString();
        return new PolicySource(name, policy.Spec, undecodable.TryGetValue(name, out var item) ? Undecodable(item.Error) : PolicyCheck.ProblemOf(policy));
    }

    private static PolicyProblem Undecodable(string error) => new(Reasons.PolicyUnusable, $"it cannot be decoded: {error}");
}
