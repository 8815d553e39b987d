using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Reads and writes lists of conditions. Pure: lists are never changed, new ones are made.</summary>
public static class Conditions
{
    /// <summary>The summary of all others, listed first.</summary>
    public const string Ready = "Ready";

    /// <summary>The longest message, in characters, as metav1.Condition allows.</summary>
    public const int MaxMessageLength = 32768;

    /// <summary>Sets the condition of <paramref name="type"/>. The transition time moves only if the status does.</summary>
    /// <param name="conditions">The conditions so far; null for none.</param>
    /// <param name="type">The aspect.</param>
    /// <param name="status"><c>True</c>, <c>False</c> or <c>Unknown</c>.</param>
    /// <param name="reason">One CamelCase word.</param>
    /// <param name="message">A sentence for a person.</param>
    /// <param name="observedGeneration">The generation this was observed for.</param>
    /// <param name="now">The present time.</param>
    public static List<Condition> Set(
        IReadOnlyList<Condition>? conditions, string type, string status, string reason, string message, long? observedGeneration, DateTimeOffset now)
    {
        var before = Find(conditions, type);
        var condition = new Condition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = Cut(message),
            ObservedGeneration = observedGeneration,
            LastTransitionTime = before?.Status == status ? before.LastTransitionTime : WholeSeconds(now),
        };
        return Sort((conditions ?? []).Where(other => other.Type != type).Append(condition));
    }

    /// <summary>All conditions but that of <paramref name="type"/>.</summary>
    public static List<Condition> Remove(IReadOnlyList<Condition>? conditions, string type) =>
        Sort((conditions ?? []).Where(other => other.Type != type));

    /// <summary>The condition of <paramref name="type"/>, or null.</summary>
    public static Condition? Find(IReadOnlyList<Condition>? conditions, string type) =>
        conditions?.FirstOrDefault(condition => condition.Type == type);

    /// <summary>Whether the condition of <paramref name="type"/> is there and <c>True</c>.</summary>
    public static bool IsTrue(IReadOnlyList<Condition>? conditions, string type) => Find(conditions, type)?.Status == ConditionStatus.True;

    private static List<Condition> Sort(IEnumerable<Condition> conditions) =>
        [.. conditions.OrderBy(condition => condition.Type != Ready).ThenBy(condition => condition.Type, StringComparer.Ordinal)];

    // Never between the halves of a character.
    private static string Cut(string message) => message.Length <= MaxMessageLength ? message
        : char.IsHighSurrogate(message[MaxMessageLength - 1]) ? message[..(MaxMessageLength - 1)]
        : message[..MaxMessageLength];

    // As the wire keeps it, so that what is written and what is read back are equal.
    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
