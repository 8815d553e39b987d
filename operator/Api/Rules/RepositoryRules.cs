namespace RunbookOperator.Api;

/// <summary>Rules of a repository.</summary>
internal sealed class RepositorySpecRules : IRuleSet
{
    private static readonly TimeSpan MinimumInterval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<RunbookRepositorySpec>(
            "!has(self.interval) || duration(self.interval) >= duration('10s')",
            "interval is at least 10s",
            self => self.Interval is not { } interval || interval.Value >= MinimumInterval),
    ];
}

/// <summary>Rules of what is followed.</summary>
internal sealed class GitReferenceRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<GitReference>(
            "[has(self.branch), has(self.tag), has(self.commit)].filter(x, x).size() <= 1",
            "give one of branch, tag or commit",
            self => new[] { self.Branch, self.Tag, self.Commit }.Count(name => name is not null) <= 1),
    ];
}

/// <summary>Rules of how proposals are handed over.</summary>
internal sealed class PullRequestRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Of<PullRequestSettings>(
            "self.provider != 'git' || !(has(self.labels) || has(self.reviewers) || has(self.teamReviewers) || has(self.draft))",
            "labels, reviewers, teamReviewers and draft need a forge; the provider git has none of them",
            self => self.Provider != "git" || (self.Labels is null && self.Reviewers is null && self.TeamReviewers is null && self.Draft is null)),
    ];
}
