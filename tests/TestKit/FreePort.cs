using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace RunbookOperator.TestKit;

/// <summary>A port for a server that must be told its port before it starts.</summary>
public static class FreePort
{
    // Below the ports that Linux gives to outgoing connections (net.ipv4.ip_local_port_range, 32768 and up): one of those could take the port
    // between this question and the server's start.
    private const int First = 20000;
    private const int Last = 32000;
    private const int Attempts = 100;

    /// <summary>A port on the loopback address that nobody listens on.</summary>
    /// <exception cref="InvalidOperationException">None was found.</exception>
    public static int Next()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"No free port between {First} and {Last}.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
