namespace RunbookOperator.Api;

/// <summary>Types of conditions.</summary>
public static class ConditionTypes
{
    /// <summary>The object is in the state it should be in.</summary>
    public const string Ready = "Ready";

    /// <summary>The operator is at it. Present only while true.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>The operator can do no more until somebody changes something. Present only while true.</summary>
    public const string Stalled = "Stalled";

    /// <summary>Of a run: Unknown while it is under way, then True or False.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>Of a run: True however it ended.</summary>
    public const string Completed = "Completed";
}

/// <summary>Reasons, each used in condition, event and test alike.</summary>
public static class Reasons
{
    /// <summary>Everything is done.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>Something is being done.</summary>
    public const string Progressing = "Progressing";

    /// <summary>It failed and is tried again.</summary>
    public const string ProgressingWithRetry = "ProgressingWithRetry";

    /// <summary>spec.suspend is set; of a run, that of a policy.</summary>
    public const string Suspended = "Suspended";

    /// <summary>The address is not allowed.</summary>
    public const string InvalidUrl = "InvalidURL";

    /// <summary>The branch, tag or commit is not a name that Git allows.</summary>
    public const string InvalidReference = "InvalidReference";

    /// <summary>The repository holds no runbook although some came from it; nothing was deleted.</summary>
    public const string NothingFound = "NothingFound";

    /// <summary>The path is not in the repository.</summary>
    public const string InvalidPath = "InvalidPath";

    /// <summary>Git answered that the credentials are wrong.</summary>
    public const string AuthenticationFailed = "AuthenticationFailed";

    /// <summary>A Git command failed.</summary>
    public const string GitOperationFailed = "GitOperationFailed";

    /// <summary>The API server refused what was to be applied.</summary>
    public const string ReconciliationFailed = "ReconciliationFailed";

    /// <summary>Runbooks were applied and some files cannot be used.</summary>
    public const string InvalidFiles = "InvalidFiles";

    /// <summary>A runbook belongs to somebody else.</summary>
    public const string NotOwned = "NotOwned";

    /// <summary>A runbook names a service account that the repository's may not impersonate.</summary>
    public const string NotPermitted = "NotPermitted";

    /// <summary>The runbook breaks a rule.</summary>
    public const string Invalid = "Invalid";

    /// <summary>The object has a field, or a value, that this version does not act upon.</summary>
    public const string NotSupported = "NotSupported";

    /// <summary>Found a runbook for an alert and started a run.</summary>
    public const string ExecutionStarted = "ExecutionStarted";

    /// <summary>No runbook fits the alert.</summary>
    public const string AlertUnmatched = "AlertUnmatched";

    /// <summary>The incident is over.</summary>
    public const string IncidentResolved = "IncidentResolved";

    /// <summary>A proposal was pushed.</summary>
    public const string PullRequestOpened = "PullRequestOpened";

    /// <summary>A proposal was taken.</summary>
    public const string PullRequestMerged = "PullRequestMerged";

    /// <summary>A proposal was not taken.</summary>
    public const string PullRequestClosed = "PullRequestClosed";

    /// <summary>A proposal could not be pushed.</summary>
    public const string PullRequestFailed = "PullRequestFailed";

    /// <summary>A step waits for a decision.</summary>
    public const string StepApprovalRequested = "StepApprovalRequested";

    /// <summary>A step waits until a person has done it.</summary>
    public const string ManualStep = "ManualStep";

    /// <summary>A step runs.</summary>
    public const string StepRunning = "StepRunning";

    /// <summary>A step failed.</summary>
    public const string StepFailed = "StepFailed";

    /// <summary>Whether a step happened is not known.</summary>
    public const string StepUnknown = "StepUnknown";

    /// <summary>A step took too long.</summary>
    public const string StepTimedOut = "StepTimedOut";

    /// <summary>A value is not of the form that a command may get.</summary>
    public const string UnsafeValue = "UnsafeValue";

    /// <summary>A Secret that a step names is not there, may not be read by its account, lacks the key, or does not say that such steps may use it.</summary>
    public const string SecretNotUsable = "SecretNotUsable";

    /// <summary>A secret stands in what was to be an output.</summary>
    public const string SecretInOutput = "SecretInOutput";

    /// <summary>A parameter has no value.</summary>
    public const string MissingParameter = "MissingParameter";

    /// <summary>The runbook is not there, or has another revision than was asked for.</summary>
    public const string RunbookNotFound = "RunbookNotFound";

    /// <summary>Somebody said no.</summary>
    public const string Rejected = "Rejected";

    /// <summary>Nobody decided in time.</summary>
    public const string ApprovalTimedOut = "ApprovalTimedOut";

    /// <summary>The run took longer than its deadline.</summary>
    public const string DeadlineExceeded = "DeadlineExceeded";

    /// <summary>Another run goes on: a step said so, or it took too long.</summary>
    public const string Escalated = "Escalated";

    /// <summary>The incident is over more services than Autopilot may act on.</summary>
    public const string AutopilotOff = "AutopilotOff";

    /// <summary>The run pauses before a step.</summary>
    public const string Breakpoint = "Breakpoint";

    /// <summary>An account may not do what the runbook says it must.</summary>
    public const string PrerequisiteFailed = "PrerequisiteFailed";

    /// <summary>A run that a person started has taken the place of this one.</summary>
    public const string TakenOver = "TakenOver";

    /// <summary>The alert has resolved; nothing more is changed.</summary>
    public const string AlertResolved = "AlertResolved";

    /// <summary>A person paused the run.</summary>
    public const string Paused = "Paused";

    /// <summary>A policy does not allow it, whoever approves.</summary>
    public const string PolicyDenied = "PolicyDenied";

    /// <summary>A policy cannot be used, so nothing but safe steps runs.</summary>
    public const string PolicyUnusable = "PolicyUnusable";

    /// <summary>A policy freezes steps of this risk for a time.</summary>
    public const string Frozen = "Frozen";

    /// <summary>A policy allows no further run in this hour.</summary>
    public const string LimitReached = "LimitReached";

    /// <summary>A person ended the run.</summary>
    public const string Aborted = "Aborted";

    /// <summary>The run did what it was to do.</summary>
    public const string ExecutionSucceeded = "ExecutionSucceeded";

    /// <summary>Somebody asked to undo what was done.</summary>
    public const string RollbackRequested = "RollbackRequested";

    /// <summary>What was done is being undone.</summary>
    public const string RollingBack = "RollingBack";

    /// <summary>What was done is undone.</summary>
    public const string RolledBack = "RolledBack";

    /// <summary>The undo of a step waits for a decision.</summary>
    public const string UndoApprovalRequested = "UndoApprovalRequested";

    /// <summary>The undo of a step failed.</summary>
    public const string UndoFailed = "UndoFailed";

    /// <summary>Whether the undo of a step happened is not known.</summary>
    public const string UndoUnknown = "UndoUnknown";

    /// <summary>The run that is to be undone is not there, is not over, or is a rollback itself.</summary>
    public const string NotUndoable = "NotUndoable";

    /// <summary>A dry run got to its end; nothing was changed.</summary>
    public const string DryRunSucceeded = "DryRunSucceeded";
}
