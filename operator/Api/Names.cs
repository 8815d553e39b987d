namespace RunbookOperator.Api;

/// <summary>The group, and the labels and annotations that the operator gives meaning to.</summary>
public static class Names
{
    /// <summary>The API group of all kinds.</summary>
    public const string Group = "runbooks.dev";

    /// <summary>The version of all kinds.</summary>
    public const string Version = "v1alpha1";

    /// <summary>Group and version as objects carry them.</summary>
    public const string ApiVersion = Group + "/" + Version;

    /// <summary>The field manager of what the operator applies.</summary>
    public const string FieldManager = "runbook-operator";

    /// <summary>The service account that safe steps act as, in the runbook's namespace.</summary>
    public const string Reader = "runbook-reader";

    /// <summary>Label on a Runbook: the RunbookRepository that owns it.</summary>
    public const string RepositoryLabel = "runbooks.dev/repository";

    /// <summary>Label on executions, pods and revisions: the runbook.</summary>
    public const string RunbookLabel = "runbooks.dev/runbook";

    /// <summary>Label on pods and approvals: the execution.</summary>
    public const string ExecutionLabel = "runbooks.dev/execution";

    /// <summary>Label on executions: the incident. On an alert it is the incident's key.</summary>
    public const string IncidentLabel = "runbooks.dev/incident";

    /// <summary>Label on incidents: the hash of their key, as in their names.</summary>
    public const string IncidentKeyLabel = "runbooks.dev/incident-key";

    /// <summary>Label on pods: the step.</summary>
    public const string StepLabel = "runbooks.dev/step";

    /// <summary>Label on a Secret that authenticates an alert source; its value is the kind, such as <c>alertmanager</c>.</summary>
    public const string AlertsLabel = "runbooks.dev/alerts";

    /// <summary>Label on a Secret that is a channel to people; its value is the kind, such as <c>webhook</c>.</summary>
    public const string ChannelLabel = "runbooks.dev/channel";

    /// <summary>Label on a Secret that says what it may be used for: <c>git</c>, <c>steps</c>, or <c>safe-steps</c>.</summary>
    public const string UseLabel = "runbooks.dev/use";

    /// <summary>Value of <see cref="UseLabel"/>: steps may have its values, but no safe ones.</summary>
    public const string StepsUse = "steps";

    /// <summary>Value of <see cref="UseLabel"/>: every step may have its values, for they can only read.</summary>
    public const string SafeStepsUse = "safe-steps";

    /// <summary>Annotation on what a typed action changed: the id of the attempt that did it.</summary>
    public const string AttemptAnnotation = "runbooks.dev/attempt";

    /// <summary>Annotation on a RunbookExecution: who changed desiredState, or asked for a rollback, last. Written by the operator from the authenticated request.</summary>
    public const string DesiredByAnnotation = "runbooks.dev/desired-by";

    /// <summary>Label on a RunbookExecution: the run that it goes on from.</summary>
    public const string ParentLabel = "runbooks.dev/parent";

    /// <summary>Annotation on a RunbookExecution that is over: undo what it did, by a new run, once for each value.</summary>
    public const string RollbackAnnotation = "runbooks.dev/rollback";

    /// <summary>Annotation on a RunbookRepository: sync now.</summary>
    public const string RequestedAtAnnotation = "runbooks.dev/requestedAt";

    /// <summary>Flux's annotation of the same meaning, honoured as well.</summary>
    public const string FluxRequestedAtAnnotation = "reconcile.fluxcd.io/requestedAt";

    /// <summary>Annotation on a Runbook: the file it comes from.</summary>
    public const string FileAnnotation = "runbooks.dev/source-file";

    /// <summary>Annotation on a Runbook: the commit in which its file last changed.</summary>
    public const string CommitAnnotation = "runbooks.dev/source-commit";

    /// <summary>Annotation on a Runbook: hash of what was applied from its file, so that an unrelated commit writes nothing.</summary>
    public const string HashAnnotation = "runbooks.dev/source-hash";

    /// <summary>Annotation on each CustomResourceDefinition: <see cref="SchemaVersion"/> of the types it was generated from.</summary>
    public const string SchemaAnnotation = "runbooks.dev/schema";

    /// <summary>Annotation on each CustomResourceDefinition: hash of its version, columns and schema included, so that two are compared at a
    /// glance.</summary>
    public const string SchemaHashAnnotation = "runbooks.dev/schema-hash";

    /// <summary>Grows with every released change of the types. An operator needs definitions of its own version or of a newer one, since an
    /// older schema drops fields that it does not know.</summary>
    public const int SchemaVersion = 1;
}
