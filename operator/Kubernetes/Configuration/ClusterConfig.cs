using System.Security.Cryptography.X509Certificates;

namespace RunbookOperator.Kubernetes;

/// <summary>Which API server, and as whom. Read from a kubeconfig or from the Pod's own service account. Files that it names, of tokens,
/// certificates and authorities, are read again while the client lives. Where a program gives the credentials and the server answers 401,
/// the program is asked again and the request is sent again, once; there is no other repetition.</summary>
public sealed partial record ClusterConfig
{
    /// <summary>The address; may have a path of its own.</summary>
    public required Uri Server { get; init; }

    /// <summary>The namespace that the context names; null if it names none.</summary>
    public string? Namespace { get; init; }

    /// <summary>Who may have signed the server's certificate; null for the system's list.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; init; }

    /// <summary>The name in the server's certificate, where it is not that of the address.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>Believe any certificate. For experiments only.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>The proxy (http, https or socks5), with user and password if it wants them; null for what the environment says.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Act as somebody else.</summary>
    public Impersonation? Impersonate { get; init; }

    /// <summary>Where the credentials come from; null for none.</summary>
    internal Func<TimeProvider, ICredentialSource>? Credentials { get; init; }

    /// <summary>Where <see cref="CertificateAuthorities"/> come from, if they may be renewed.</summary>
    internal Func<TimeProvider, Func<X509Certificate2Collection?>>? RenewedAuthorities { get; init; }

    /// <summary>Never the credentials: a configuration may be logged.</summary>
    public override string ToString() => $"{Server} (namespace {Namespace ?? "not set"})";
}
