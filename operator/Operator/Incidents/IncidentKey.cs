using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using RunbookOperator.Api;

namespace RunbookOperator.Incidents;

/// <summary>What makes alerts belong together. Pure.</summary>
/// <param name="Value">The key.</param>
/// <param name="Service">The service that it names, if any.</param>
public sealed record IncidentKey(string Value, string? Service)
{
    private const string Wanted = "incident:";
    private const int HashLength = 8;
    private const int LongestService = 40;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The first hexadecimal digits of the key's hash: part of the name of its incidents, and their label.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Value)))[..HashLength];

    /// <summary>The key of an alert: its label <c>runbooks.dev/incident</c>, else its service (or app) and namespace, else the group key.</summary>
    public static IncidentKey Of(IReadOnlyDictionary<string, string> labels, string groupKey)
    {
        var named = Text(labels, "service") ?? Text(labels, "app");
        var service = named is null ? null : Variables.Clean(named, Limits.Line);
        if (Text(labels, Names.IncidentLabel) is { } wanted)
        {
            return new IncidentKey(Wanted + Variables.Clean(wanted, Limits.Value), service);
        }

        return service is not null
            ? new IncidentKey(Variables.Clean($"service:{labels.GetValueOrDefault("namespace")}/{service}", Limits.Value), service)
            : new IncidentKey("group:" + Variables.Clean(groupKey, Limits.Value), null);
    }

    /// <summary>Name of the <paramref name="number"/>th incident of this key: <c>&lt;service&gt;-&lt;8 hex of the key&gt;-&lt;n&gt;</c>. It depends on
    /// the key alone, so that whoever makes it again finds it there: an incident that alerts name themselves may be of several services.</summary>
    public string Name(int number)
    {
        var text = Value.StartsWith(Wanted, StringComparison.Ordinal) ? Value[Wanted.Length..] : Service ?? "";
        var service = new string([.. text.ToLowerInvariant().Where(NameCharacters.Contains)]).Trim('-');
        var prefix = service.Length == 0 ? "incident" : service[..Math.Min(service.Length, LongestService)].Trim('-');
        return $"{prefix}-{Hash}-{number}";
    }

    /// <summary>The number in the name of an incident of this key, or 0.</summary>
    public static int Number(string name) =>
        name.LastIndexOf('-') is var dash and >= 0 && int.TryParse(name.AsSpan(dash + 1), out var number) ? number : 0;

    // A label without text is as one that is not there.
    private static string? Text(IReadOnlyDictionary<string, string> labels, string name) =>
        labels.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;
}
