using RunbookOperator.Api;

namespace RunbookOperator.Policies;

/// <summary>One policy that counts.</summary>
/// <param name="Name">Its name, as namespace/name.</param>
/// <param name="Spec">What it says; of one that cannot be decoded what it said last, or nothing.</param>
/// <param name="Problem">Why it cannot be used; null if it can. What it says still tightens, and nothing but safe steps runs.</param>
public sealed record PolicySource(string Name, RunbookPolicySpec Spec, PolicyProblem? Problem = null)
{
    /// <summary>Who speaks where no policy does.</summary>
    public const string BuiltIn = "built-in";

    /// <summary>Name of the policy in the operator's namespace that is the base for all others.</summary>
    public const string Base = "default";
}

/// <summary>Why a policy cannot be used.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Message">A sentence.</param>
public sealed record PolicyProblem(string Reason, string Message);

/// <summary>The policies that count somewhere.</summary>
/// <param name="Base">The policy that answers before all others, and alone may loosen what is built in; null if there is none.</param>
/// <param name="Others">Those that only tighten.</param>
public sealed record PolicySet(PolicySource? Base, IReadOnlyList<PolicySource> Others)
{
    /// <summary>No policy.</summary>
    public static PolicySet None { get; } = new(null, []);
}
