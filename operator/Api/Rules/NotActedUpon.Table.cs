namespace RunbookOperator.Api;

/// <content>The table.</content>
public static partial class NotActedUpon
{
    /// <summary>The fields, by kind.</summary>
    public static IReadOnlyList<IdleField> All { get; } =
    [
        .. Runbooks(),
        .. Repositories(),
        .. Approvals(),
        .. Incidents(),
        .. Policies(),
    ];

    private static IEnumerable<IdleField> Runbooks() =>
    [
        Of<Runbook>("spec.dependsOn"),
        Of<Runbook>("spec.triggers[].runbookURL"),
        Of<Runbook>("spec.notify"),
        Of<Runbook>("spec.history.succeeded") with { Harmless = "20" },
        Of<Runbook>("spec.history.failed") with { Harmless = "50" },
        Of<Runbook>("spec.reviewBy"),
    ];

    private static IEnumerable<IdleField> Repositories() =>
    [
        Of<RunbookRepository>("spec.verification"),
        Of<RunbookRepository>("spec.kinds") with { Harmless = "[\"Runbook\"]" },
        Of<RunbookRepository>("spec.webhook"),
        Of<RunbookRepository>("spec.pullRequests.provider") with { Values = ["github"] },
        Of<RunbookRepository>("spec.pullRequests.labels"),
        Of<RunbookRepository>("spec.pullRequests.reviewers"),
        Of<RunbookRepository>("spec.pullRequests.teamReviewers"),
        Of<RunbookRepository>("spec.pullRequests.draft"),
    ];

    private static IEnumerable<IdleField> Approvals() =>
    [
        Of<RunbookApproval>("spec.decision") with { Values = [nameof(ApprovalDecision.Edit), nameof(ApprovalDecision.Review)] },
        Of<RunbookApproval>("spec.edit"),
        Of<RunbookApproval>("spec.breakGlass"),
    ];

    private static IEnumerable<IdleField> Incidents() => [Of<Incident>("spec.commands"), Of<Incident>("spec.annotation")];

    private static IEnumerable<IdleField> Policies() =>
    [
        Of<RunbookPolicy>("spec.autopilot.cleanRuns"),
        Of<RunbookPolicy>("spec.breakGlass"),
        Of<RunbookPolicy>("spec.retention"),
    ];

    private static IdleField Of<T>(string path) => new(typeof(T).Name, path);
}
