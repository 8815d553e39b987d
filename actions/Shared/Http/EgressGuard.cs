using System.Net;
using System.Net.Sockets;

namespace RunbookOperator.Actions;

/// <summary>Says which addresses actions may not connect to: this machine, its link, the services that give a cloud's machines their
/// credentials, and the API server. Pure.</summary>
internal static class EgressGuard
{
    private static readonly (IPNetwork Range, string What)[] Never =
    [
        (IPNetwork.Parse("127.0.0.0/8"), "the machine itself"),
        (IPNetwork.Parse("0.0.0.0/8"), "the machine itself"),
        (IPNetwork.Parse("::1/128"), "the machine itself"),
        (IPNetwork.Parse("::/128"), "the machine itself"),
        (IPNetwork.Parse("169.254.0.0/16"), "a link-local address, as clouds give to their metadata services"),
        (IPNetwork.Parse("fe80::/10"), "a link-local address"),
        (IPNetwork.Parse("fd00:ec2::/32"), "a metadata service of a cloud"),
        (IPNetwork.Parse("fd20:ce::/32"), "a metadata service of a cloud"),
        (IPNetwork.Parse("100.100.100.200/32"), "a metadata service of a cloud"),
        (IPNetwork.Parse("168.63.129.16/32"), "a metadata service of a cloud"),
        (IPNetwork.Parse("192.0.0.0/24"), "a metadata service of a cloud"),
        (IPNetwork.Parse("224.0.0.0/4"), "no single machine"),
        (IPNetwork.Parse("240.0.0.0/4"), "no single machine"),
        (IPNetwork.Parse("ff00::/8"), "no single machine"),
        (IPNetwork.Parse("2001::/32"), "a tunnel"),
    ];

    // IPv4 addresses written as IPv6: compatible, NAT64, 6to4, and where in them the four bytes stand.
    private static readonly (IPNetwork Range, int Offset)[] Wrapped =
    [
        (IPNetwork.Parse("::/96"), 12), (IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("2002::/16"), 2),
    ];

    /// <summary>What <paramref name="address"/> is that it may not be connected to; null if it may.</summary>
    public static string? Refusal(IPAddress address, EgressOptions options, IReadOnlyCollection<IPAddress> apiServers)
    {
        address = Plain(address);
        return Holds(options.Allow, address) ? null
            : Holds(options.Deny, address) ? "in a range that the operator's settings refuse"
            : apiServers.Any(server => Plain(server).Equals(address)) ? "the API server; the kubernetes actions speak to it"
            : Never.FirstOrDefault(entry => entry.Range.Contains(address)).What;
    }

    private static bool Holds(IReadOnlyList<IPNetwork> ranges, IPAddress address) => ranges.Any(range => range.Contains(address));

    private static IPAddress Plain(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.Equals(IPAddress.IPv6Loopback) || address.Equals(IPAddress.IPv6Any))
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        // A scope says through which interface, not to whom.
        var bytes = address.GetAddressBytes();
        var unscoped = new IPAddress(bytes);
        foreach (var (range, offset) in Wrapped)
        {
            if (range.Contains(unscoped))
            {
                return new IPAddress(bytes.AsSpan(offset, 4));
            }
        }

        return unscoped;
    }
}
