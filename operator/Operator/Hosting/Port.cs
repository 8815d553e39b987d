using Microsoft.AspNetCore.Http;

namespace RunbookOperator.Hosting;

/// <summary>What a port serves.</summary>
/// <param name="Prefixes">The first parts of its paths.</param>
internal sealed record Port(params string[] Prefixes)
{
    /// <summary>Where alerts come in.</summary>
    public static readonly Port Alerts = new("/alerts");

    /// <summary>Where probes and Prometheus look.</summary>
    public static readonly Port Health = new("/healthz", "/readyz", "/metrics");

    /// <summary>Where the API server asks.</summary>
    public static readonly Port Admission = new("/admission");

    /// <summary>Whether <paramref name="path"/> is served here.</summary>
    public bool Serves(PathString path) => Prefixes.Any(prefix => path.StartsWithSegments(prefix, StringComparison.Ordinal));
}
