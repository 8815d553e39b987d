using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Configuration;
using RunbookOperator.Actions;
using RunbookOperator.Api;

namespace RunbookOperator.Hosting;

/// <summary>The settings of an operator process: environment variables <c>RUNBOOKS_*</c> (such as <c>RUNBOOKS_STEPIMAGE</c>), or arguments
/// (<c>--stepImage=…</c>), which win.</summary>
public sealed record OperatorOptions
{
    /// <summary>Prefix of the environment variables.</summary>
    public const string Prefix = "RUNBOOKS_";

    /// <summary>The shortest lease: it is renewed several times in it, and kept in whole seconds.</summary>
    public static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(2);

    /// <summary>Namespace of the operator itself: its keys, its certificate, its lease. Default <c>runbooks-system</c>.</summary>
    [Required]
    public string Namespace { get; init; } = "runbooks-system";

    /// <summary>Name of this process among its replicas. Default: the host's name.</summary>
    [Required]
    public string Identity { get; init; } = "";

    /// <summary>User name of the operator at the API server. Default: its service account <c>runbook-operator</c>.</summary>
    public string Username { get; init; } = "";

    /// <summary>Image of <c>run</c> steps.</summary>
    [Required]
    public string StepImage { get; init; } = "runbooks.dev/step:dev";

    /// <summary>Address the ports are opened on. Default all.</summary>
    [Required]
    public string Listen { get; init; } = "0.0.0.0";

    /// <summary>Port of the alert webhook, plain HTTP inside the cluster. Default 8080; 0 takes any.</summary>
    [System.ComponentModel.DataAnnotations.Range(0, 65535)]
    public int AlertsPort { get; init; } = 8080;

    /// <summary>Port of <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c>. Default 8081; 0 takes any.</summary>
    [System.ComponentModel.DataAnnotations.Range(0, 65535)]
    public int HealthPort { get; init; } = 8081;

    /// <summary>Port of the admission webhook, HTTPS. Default 8443; 0 takes any.</summary>
    [System.ComponentModel.DataAnnotations.Range(0, 65535)]
    public int AdmissionPort { get; init; } = 8443;

    /// <summary>Address under which the API server reaches the admission webhook, for an operator outside the cluster, such as
    /// <c>https://10.0.0.5:8443</c>. Default: its Service.</summary>
    public string AdmissionUrl { get; init; } = "";

    /// <summary>Folder for copies of Git repositories. Default a folder below the temporary one.</summary>
    [Required]
    public string CacheFolder { get; init; } = Path.Combine(Path.GetTempPath(), "runbook-operator");

    /// <summary>Whether file: and http: repositories, and such on loopback, may be synced. Default no.</summary>
    public bool AllowLocalRepositories { get; init; }

    /// <summary>Addresses that actions may speak to although they would be refused: loopback, link-local, a cloud's metadata, the API server, or
    /// <see cref="EgressDeny"/>. Ranges with commas between them, such as <c>10.0.0.0/8,192.0.2.7</c>. Default none.</summary>
    public string EgressAllow { get; init; } = "";

    /// <summary>Further addresses that actions may not speak to. Ranges with commas between them. Default none.</summary>
    public string EgressDeny { get; init; } = "";

    /// <summary>How long all alerts of an incident must have been resolved before it counts. Default 2m.</summary>
    public string Settle { get; init; } = "2m";

    /// <summary>How long after its end an incident takes up alerts of its key again. Default 15m.</summary>
    public string Window { get; init; } = "15m";

    /// <summary>How long a decision is awaited. Default 30m.</summary>
    public string ApprovalTimeout { get; init; } = "30m";

    /// <summary>How long the Pods of a run stay after its end. Default 10m.</summary>
    public string PodsKept { get; init; } = "10m";

    /// <summary>How long others wait for a leader that says nothing. It gives up after two thirds of that, and acts only in the first half.
    /// Default 15s.</summary>
    public string LeaseDuration { get; init; } = "15s";

    /// <summary>Reads settings; every mistake is reported at once.</summary>
    /// <exception cref="OptionsException">One or more settings cannot be used.</exception>
    public static OperatorOptions Read(IConfiguration configuration, string hostName)
    {
        var unreadable = Unreadable(configuration);
        var readable = configuration.AsEnumerable().Where(setting => !unreadable.ContainsKey(setting.Key));
        var options = new ConfigurationBuilder().AddInMemoryCollection(readable).Build().Get<OperatorOptions>() ?? new OperatorOptions();
        options = options with
        {
            Identity = options.Identity.Length > 0 ? options.Identity : hostName,
            Username = options.Username.Length > 0 ? options.Username : $"system:serviceaccount:{options.Namespace}:runbook-operator",
        };
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        var problems = unreadable.Values.Concat(results.Select(result => result.ErrorMessage ?? "")).Concat(options.Durations()).Concat(options.Addresses());
        return problems.ToList() is { Count: > 0 } all ? throw new OptionsException(all) : options;
    }

    /// <summary>The ranges written in <paramref name="text"/>, which was checked when the settings were read.</summary>
    public static IReadOnlyList<IPNetwork> Ranges(string text) => EgressOptions.TryReadRanges(text, out var ranges) ? ranges : throw new FormatException(text);

    /// <summary>The duration written in <paramref name="text"/>, which was checked when the settings were read.</summary>
    public static TimeSpan Time(string text) => Duration.TryParse(text, out var duration) ? duration.Value : throw new FormatException(text);

    // What is no number, or neither true nor false, would end the reading at the first.
    private static Dictionary<string, string> Unreadable(IConfiguration configuration)
    {
        var problems = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in configuration.AsEnumerable().Where(setting => setting.Value is not null))
        {
            var type = typeof(OperatorOptions).GetProperties().FirstOrDefault(property => property.Name.Equals(setting.Key, StringComparison.OrdinalIgnoreCase))?.PropertyType;
            if (type == typeof(int) && !int.TryParse(setting.Value, out _))
            {
                problems[setting.Key] = $"{setting.Key} must be a whole number, not \"{setting.Value}\"";
            }
            else if (type == typeof(bool) && !bool.TryParse(setting.Value, out _))
            {
                problems[setting.Key] = $"{setting.Key} must be true or false, not \"{setting.Value}\"";
            }
        }

        return problems;
    }

    private IEnumerable<string> Addresses()
    {
        if (!IPAddress.TryParse(Listen, out _))
        {
            yield return $"{nameof(Listen)} must be an IP address, not \"{Listen}\"";
        }

        foreach (var (name, text) in new[] { (nameof(EgressAllow), EgressAllow), (nameof(EgressDeny), EgressDeny) })
        {
            if (!EgressOptions.TryReadRanges(text, out _))
            {
                yield return $"{name} must be ranges such as 10.0.0.0/8,192.0.2.7, not \"{text}\"";
            }
        }

        if (AdmissionUrl.Length > 0 && !(Uri.TryCreate(AdmissionUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps))
        {
            yield return $"{nameof(AdmissionUrl)} must be an address such as https://10.0.0.5:8443, not \"{AdmissionUrl}\"";
        }

        if (Duration.TryParse(LeaseDuration, out var lease) && lease.Value < ShortestLease)
        {
            yield return $"{nameof(LeaseDuration)} must be at least {Duration.Of(ShortestLease)}, not \"{LeaseDuration}\"";
        }
    }

    private IEnumerable<string> Durations() =>
        from setting in new[] { (nameof(Settle), Settle), (nameof(Window), Window), (nameof(ApprovalTimeout), ApprovalTimeout), (nameof(PodsKept), PodsKept), (nameof(LeaseDuration), LeaseDuration) }
        where !Duration.TryParse(setting.Item2, out _)
        select $"{setting.Item1} must be a duration such as 2m, not \"{setting.Item2}\"";
}

/// <summary>Settings cannot be used.</summary>
public sealed class OptionsException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>Each setting's problem.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
