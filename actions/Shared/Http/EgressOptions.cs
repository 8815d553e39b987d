using System.Net;

namespace RunbookOperator.Actions;

/// <summary>What actions may speak to beside the Kubernetes API.</summary>
public sealed record EgressOptions
{
    /// <summary>Ranges that may be reached whatever else says no. Default none.</summary>
    public IReadOnlyList<IPNetwork> Allow { get; init; } = [];

    /// <summary>Ranges that may not be reached, beside those that never may. Default none.</summary>
    public IReadOnlyList<IPNetwork> Deny { get; init; } = [];

    /// <summary>Hosts of the API server, as names or addresses: it is asked through its own client, as somebody. Default none.</summary>
    public IReadOnlyList<string> ApiServers { get; init; } = [];

    /// <summary>Reads ranges such as <c>10.0.0.0/8,192.0.2.7</c>; an address alone is a range of one.</summary>
    /// <param name="text">Ranges with commas between them; empty for none.</param>
    /// <param name="ranges">The ranges.</param>
    /// <returns>Whether each is one.</returns>
    public static bool TryReadRanges(string text, out IReadOnlyList<IPNetwork> ranges)
    {
        ArgumentNullException.ThrowIfNull(text);
        var read = new List<IPNetwork>();
        ranges = read;
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(part, out var range))
            {
                read.Add(range);
            }
            else if (IPAddress.TryParse(part, out var address))
            {
                read.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
