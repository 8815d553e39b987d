using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Everything the runtime logs. The numbers are stable.</summary>
internal static partial class RuntimeLog
{
    [LoggerMessage(100, LogLevel.Error, "Reconciling {Key} failed, failure {Failures} in a row; it is retried.")]
    public static partial void ReconcileFailed(ILogger logger, NamespacedName key, int failures, Exception exception);

    [LoggerMessage(101, LogLevel.Warning, "Reconciling {Key} cannot succeed until something changes.")]
    public static partial void ReconcileStalled(ILogger logger, NamespacedName key, Exception exception);

    [LoggerMessage(102, LogLevel.Debug, "Reconciling {Key} met a newer version and starts again: {Message}")]
    public static partial void ReconcileConflict(ILogger logger, NamespacedName key, string message);

    [LoggerMessage(110, LogLevel.Debug, "Listed {Count} {Resource} at version {Version}.")]
    public static partial void Listed(ILogger logger, int count, string resource, string? version);

    [LoggerMessage(111, LogLevel.Information, "The version of {Resource} to watch from is gone; listing again.")]
    public static partial void WatchExpired(ILogger logger, string resource);

    [LoggerMessage(112, LogLevel.Warning, "Following {Resource} failed; trying again in {Delay}.")]
    public static partial void ReflectorFailed(ILogger logger, string resource, TimeSpan delay, Exception exception);

    [LoggerMessage(113, LogLevel.Information, "The watch of {Resource} was silent for {Timeout}; connecting again.")]
    public static partial void WatchSilent(ILogger logger, string resource, TimeSpan timeout);

    [LoggerMessage(114, LogLevel.Warning, "An object of {Resource} cannot be read and is left out: {Key}: {Error}")]
    public static partial void Undecodable(ILogger logger, string resource, NamespacedName key, string error);

    [LoggerMessage(115, LogLevel.Error, "A handler of {Resource} failed.")]
    public static partial void HandlerFailed(ILogger logger, string resource, Exception exception);

    [LoggerMessage(116, LogLevel.Warning, "{Count} more objects of {Resource} cannot be read and are left out.")]
    public static partial void MoreUndecodable(ILogger logger, string resource, int count);

    [LoggerMessage(117, LogLevel.Warning, "{Key} of {Resource} cannot be filed in index {Index}.")]
    public static partial void IndexFailed(ILogger logger, string resource, NamespacedName key, string index, Exception exception);

    [LoggerMessage(118, LogLevel.Warning, "Lists of {Resource} stay at version {Version}, older than {Newest}: the cluster was restored, and they are believed.")]
    public static partial void StaleListTaken(ILogger logger, string resource, string? version, string? newest);

    [LoggerMessage(120, LogLevel.Information, "{Identity} leads by lease {Lease}.")]
    public static partial void LeadershipAcquired(ILogger logger, string identity, NamespacedName lease);

    [LoggerMessage(121, LogLevel.Warning, "Lease {Lease} could not be taken or renewed; trying again.")]
    public static partial void LeaseFailed(ILogger logger, NamespacedName lease, Exception exception);

    [LoggerMessage(122, LogLevel.Critical, "{Identity} no longer leads by lease {Lease}.")]
    public static partial void LeadershipLost(ILogger logger, string identity, NamespacedName lease);

    [LoggerMessage(123, LogLevel.Information, "{Identity} released lease {Lease}.")]
    public static partial void LeadershipReleased(ILogger logger, string identity, NamespacedName lease);

    [LoggerMessage(130, LogLevel.Warning, "Event {Reason} about {Kind} {Key} was not recorded.")]
    public static partial void EventFailed(ILogger logger, string reason, string? kind, NamespacedName key, Exception exception);

    [LoggerMessage(131, LogLevel.Warning, "Event {Reason} about {Kind} {Key} was dropped: too many are waiting.")]
    public static partial void EventDropped(ILogger logger, string reason, string? kind, NamespacedName key);

    [LoggerMessage(140, LogLevel.Information, "{Part} started.")]
    public static partial void Started(ILogger logger, string part);

    [LoggerMessage(141, LogLevel.Information, "{Part} stopped.")]
    public static partial void Stopped(ILogger logger, string part);

    [LoggerMessage(143, LogLevel.Error, "{Part} failed.")]
    public static partial void PartFailed(ILogger logger, string part, Exception exception);

    [LoggerMessage(144, LogLevel.Critical, "{Part} did not stop within {Patience}; it ends with the process.")]
    public static partial void Abandoned(ILogger logger, string part, TimeSpan patience);

    [LoggerMessage(142, LogLevel.Critical, "The runtime failed; the process ends.")]
    public static partial void Failed(ILogger logger, Exception exception);
}
