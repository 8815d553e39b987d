using RunbookOperator.Api;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.PullRequests;

/// <summary>Where proposals about one thing go.</summary>
/// <param name="Repository">The RunbookRepository.</param>
/// <param name="Source">Its address, with credentials that may push; the target is the base branch.</param>
/// <param name="Runbook">The runbook, or what else they are about.</param>
/// <param name="File">Its file in the repository; empty where it is not one file.</param>
/// <param name="Branch">The branch of its proposals.</param>
/// <param name="Author">Who commits.</param>
internal sealed record PullRequestTarget(
    NamespacedName Repository, GitSource Source, string Runbook, string File, string Branch, GitAuthor Author)
{
    /// <summary>Begin of the names of proposed branches if nothing is said.</summary>
    public const string DefaultPrefix = "runbooks/";

    /// <summary>Who commits if nothing is said.</summary>
    public static GitAuthor Operator { get; } = new() { Name = "RunbookOperator", Email = "operator@runbooks.dev" };

    /// <summary>The full name of the branch.</summary>
    public string Reference => "refs/heads/" + Branch;
}
