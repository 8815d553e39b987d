using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Incidents;

/// <summary>The conditions of an incident: Ready once it is over.</summary>
internal static class IncidentConditions
{
    /// <summary>The conditions that go with <paramref name="status"/>.</summary>
    public static List<Condition> Of(IReadOnlyList<Condition>? before, IncidentStatus status, long? generation, DateTimeOffset now)
    {
        var (ready, reason, message) = status.Phase switch
        {
            IncidentPhase.Resolved => (ConditionStatus.True, Reasons.IncidentResolved, $"over after {status.TimeToResolve}"),
            _ when status.Unmatched == true => (ConditionStatus.False, Reasons.AlertUnmatched, "no runbook fits; a person has to look"),
            IncidentPhase.Mitigated => (ConditionStatus.False, Reasons.Progressing, "all alerts have resolved; waiting whether that lasts and for the runs to end"),
            _ => (ConditionStatus.False, Reasons.Progressing, $"alerts fire; runbook {status.Runbook}"),
        };
        var conditions = Conditions.Set(before, ConditionTypes.Ready, ready, reason, message, generation, now);
        return ready == ConditionStatus.True
            ? Conditions.Remove(conditions, ConditionTypes.Reconciling)
            : Conditions.Set(conditions, ConditionTypes.Reconciling, ConditionStatus.True, reason, message, generation, now);
    }
}
