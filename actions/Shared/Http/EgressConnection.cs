using System.Net;
using System.Net.Sockets;

namespace RunbookOperator.Actions;

/// <summary>The one connection of a request: looks up, judges, and connects to what it judged.</summary>
internal sealed class EgressConnection(EgressRequest request, EgressOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>The most addresses of one name that are tried.</summary>
    public const int MaximumAddresses = 4;

    /// <summary>Whether it was opened: from then on the request may have arrived.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Opens it.</summary>
    /// <exception cref="EgressException">It may not be connected to, or nobody is there.</exception>
    public async ValueTask<Stream> OpenAsync(DnsEndPoint place, CancellationToken cancellationToken)
    {
        // The handler would send a request again, whatever its method, where the server closes without a word.
        if (IsOpen)
        {
            throw new EgressException(EgressFailure.NoAnswer, $"{request} closed the connection without an answer");
        }

        var addresses = request.Address is { } known ? [known] : await FindAsync(place.Host, cancellationToken);
        var servers = new List<IPAddress>();
        foreach (var server in options.ApiServers)
        {
            servers.AddRange(await FindAsync(server, cancellationToken));
        }

        // One address that may not be is enough: a name that means both is made to deceive.
        foreach (var address in addresses)
        {
            if (EgressGuard.Refusal(address, options, servers) is { } refusal)
            {
                throw new EgressException(EgressFailure.Refused, $"{request} is not asked: {address} is {refusal}");
            }
        }

        return await ConnectAsync(addresses, place.Port, cancellationToken);
    }

    private async Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        try
        {
            var found = await resolve(host, cancellationToken);
            return found.Length > 0 ? found : throw new EgressException(EgressFailure.Unreachable, $"the name {host} has no address");
        }
        catch (SocketException exception)
        {
            throw new EgressException(EgressFailure.Unreachable, $"the name {host} has no address", exception);
        }
    }

    private async Task<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        SocketException? last = null;
        foreach (var address in addresses.Take(MaximumAddresses))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken);
                IsOpen = true;
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException exception)
            {
                last = exception;
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw new EgressException(EgressFailure.Unreachable, $"{request} cannot be reached", last);
    }
}
