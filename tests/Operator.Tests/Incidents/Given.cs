using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Tests.Incidents;

/// <summary>Alerts, runbooks and runs, as short as they can be said. Times are minutes after three in the morning.</summary>
internal static class Given
{
    public const string Shop = "shop";

    public static DateTimeOffset Minute(double minutes) => new DateTimeOffset(2026, 11, 21, 3, 0, 0, TimeSpan.Zero).AddMinutes(minutes);

    public static IncidentAlert Alert(string fingerprint, double start = 0, double? end = null, params (string Name, string Value)[] labels) => new()
    {
        Fingerprint = fingerprint,
        Labels = labels.Length == 0
            ? new Dictionary<string, string> { ["alertname"] = "Slow", ["service"] = "checkout", ["namespace"] = Shop }
            : labels.ToDictionary(label => label.Name, label => label.Value),
        StartsAt = Minute(start),
        EndsAt = end is { } minutes ? Minute(minutes) : null,
    };

    public static Runbook Runbook(string name, params string[] matchers) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = Shop },
        Spec = new RunbookSpec
        {
            Title = name,
            Triggers = matchers.Length == 0 ? null : [new RunbookTrigger { Alert = new AlertTrigger { Matchers = [.. matchers] } }],
            Steps = [new RunbookStep { Name = "look", Run = "true" }],
        },
    };

    public static Incident Incident(params IncidentAlert[] alerts) => new()
    {
        Metadata = new ObjectMeta { Name = "checkout-0badcafe-1", Namespace = Shop, Generation = 1, ResourceVersion = "1" },
        Spec = new IncidentSpec { Key = "service:shop/checkout", Service = "checkout", Alerts = [.. alerts], AlertCount = alerts.Length },
    };

    public static RunbookExecution Run(string runbook, string name, double created, string? phase = null, TriggerType trigger = TriggerType.Alert) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = Shop, Uid = "uid-" + name, CreationTimestamp = Minute(created) },
        Spec = new RunbookExecutionSpec
        {
            Runbook = new ExecutionRunbook { Name = runbook },
            Incident = "checkout-0badcafe-1",
            Trigger = new ExecutionTrigger { Type = trigger },
        },
        Status = phase is null ? null : new RunbookExecutionStatus { Phase = phase, StartedAt = Minute(created), FinishedAt = ExecutionPhase.IsFinal(phase) ? Minute(created + 1) : null },
    };
}
