using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Actions;

/// <summary>A request to something else than the Kubernetes API.</summary>
/// <param name="Method">The method.</param>
/// <param name="Url">The whole address, http or https.</param>
public sealed record EgressRequest(HttpMethod Method, Uri Url)
{
    /// <summary>How long it may take from the first byte sent to the last received. Default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most bytes of the answer's body that are kept; the connection ends there. Default 64 KiB.</summary>
    public int MaximumBytes { get; init; } = ActionOutput.MaximumBytes;

    /// <summary>Headers, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What is sent, or null for no body.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>The media type of <see cref="Body"/>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Where to connect to, if that is known better than the name in <see cref="Url"/> tells; checked like every address.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Who may have signed the server's certificate; null for the system's list.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>Scheme, host and port: what may be told of it. Path and query can hold what is nobody's business.</summary>
    public override string ToString() => Url.GetLeftPart(UriPartial.Authority);
}

/// <summary>What was answered.</summary>
/// <param name="Status">The status code.</param>
/// <param name="ContentType">The media type; empty if none was given.</param>
/// <param name="Body">The body, as far as it was kept.</param>
/// <param name="Ending">How the body ended.</param>
public sealed record EgressAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body, EgressEnding Ending = EgressEnding.Whole)
{
    /// <summary>Whether the status says that it went well.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>How the body of an answer ended.</summary>
public enum EgressEnding
{
    /// <summary>All of it is there.</summary>
    Whole,

    /// <summary>It is longer than what was asked for.</summary>
    TooLong,

    /// <summary>The connection broke, or the time was over.</summary>
    Broken,
}
