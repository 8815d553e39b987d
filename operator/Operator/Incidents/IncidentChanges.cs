using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Incidents;

/// <summary>Looks once, when an incident starts, at what had changed around it. As the account that safe steps act as; what that may not read is not
/// told. Best effort: nothing waits for it longer than <see cref="Patience"/>.</summary>
internal sealed class IncidentChanges(IKubernetesClient client, TimeProvider time)
{
    /// <summary>How long the look may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How far before the first alert it looks.</summary>
    public static readonly TimeSpan Before = TimeSpan.FromHours(2);

    // What an alert's labels call the thing it is about, the most exact first.
    private static readonly string[] Naming = ["deployment", "statefulset", "daemonset", "workload", "pod", "app_kubernetes_io_name", "app", "service"];

    /// <summary>What to look for.</summary>
    public static ChangeQuery QueryOf(Incident incident, DateTimeOffset opened)
    {
        var alerts = (incident.Spec.Alerts ?? []).OrderBy(alert => alert.StartsAt).ThenBy(alert => alert.Fingerprint, StringComparer.Ordinal).ToList();
        var ns = alerts.Select(alert => Name(alert, "namespace")).FirstOrDefault(name => name is not null);
        var name = alerts.SelectMany(alert => Naming.Select(label => Name(alert, label))).FirstOrDefault(name => name is not null);
        return new ChangeQuery(ns ?? incident.Metadata.Namespace!, name, opened - Before);
    }

    /// <summary>The changes, oldest first, the newest of them; null if nobody could tell now.</summary>
    public async Task<List<RecentChange>?> ReadAsync(Incident incident, DateTimeOffset opened, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var reader = client.As(Impersonation.ServiceAccount(incident.Metadata.Namespace!, Names.Reader));
            var report = await ChangeReader.ReadAsync(reader, QueryOf(incident, opened), either.Token);
            return [.. report.Changes.TakeLast(Limits.List)];
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // An alert's text is data: what cannot be a name of Kubernetes is not asked for.
    private static string? Name(IncidentAlert alert, string label) =>
        alert.Labels.GetValueOrDefault(label) is { Length: > 0 and <= Limits.Subdomain } text && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && char.IsAsciiLetterOrDigit(text[0]) && (label != "namespace" || (text.Length <= Limits.Label && !text.Contains('.', StringComparison.Ordinal)))
            ? text
            : null;
}
