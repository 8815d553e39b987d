using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Tells people what happened to an object. Best effort: it never waits, never throws, and drops what it cannot keep.</summary>
public interface IEventRecorder
{
    /// <summary>Records an event. The same one again within a few minutes is counted on the first.</summary>
    /// <param name="regarding">What it is about.</param>
    /// <param name="type">Normal or Warning.</param>
    /// <param name="reason">Why, as one CamelCase word; the same word as the condition's reason.</param>
    /// <param name="action">What was done or tried, as one CamelCase word.</param>
    /// <param name="note">A sentence for a person; cut at 1 kB. No secrets.</param>
    void Event(ObjectReference regarding, EventType type, string reason, string action, string note);

    /// <summary>Waits until everything recorded so far was sent or given up.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}

/// <summary>The types of events.</summary>
public enum EventType
{
    /// <summary>As expected.</summary>
    Normal,

    /// <summary>Somebody should look.</summary>
    Warning,
}

/// <summary>Short forms.</summary>
public static class EventRecorderExtensions
{
    /// <summary>Records an event of type Normal.</summary>
    public static void Normal<T>(this IEventRecorder recorder, T regarding, string reason, string action, string note)
        where T : IKubernetesObject<T> =>
        recorder.Event(ObjectReference.To(regarding), EventType.Normal, reason, action, note);

    /// <summary>Records an event of type Warning.</summary>
    public static void Warning<T>(this IEventRecorder recorder, T regarding, string reason, string action, string note)
        where T : IKubernetesObject<T> =>
        recorder.Event(ObjectReference.To(regarding), EventType.Warning, reason, action, note);
}
