namespace RunbookOperator.Git;

/// <summary>
/// Credentials in the form that one Git command takes them: in its environment and in files that only this process may read, never among its
/// arguments, where every process of the machine sees them. Ends with the command.
/// </summary>
internal sealed class GitAccess : IDisposable
{
    private const string HeaderVariable = "RUNBOOKS_GIT_HEADER";

    private readonly string _folder;
    private readonly List<string> _files = [];

    /// <summary>Writes what Git reads from files.</summary>
    /// <param name="folder">An empty folder for them; one command at a time uses it, and starts in it.</param>
    /// <param name="url">The address that will be asked.</param>
    /// <param name="credentials">The credentials.</param>
    /// <exception cref="GitException">ssh without a key or without host keys.</exception>
    public GitAccess(string folder, GitUrl url, GitCredentials credentials)
    {
        _folder = folder;
        Secrets = credentials.Secrets;
        if (url.Scheme == "ssh")
        {
            UseKey(credentials);
        }
        else if (credentials.Header is not null)
        {
            Environment[HeaderVariable] = credentials.Header;
            Options.Add($"--config-env=http.extraHeader={HeaderVariable}");
        }

        if (credentials.CertificateAuthority is { } authority)
        {
            Environment["GIT_SSL_CAINFO"] = Write("ca.crt", authority);
        }
    }

    /// <summary>Options of <c>git</c> itself.</summary>
    public List<string> Options { get; } = [];

    /// <summary>Variables for the command.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Texts that must not appear in messages.</summary>
    public IReadOnlyList<string> Secrets { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files)
        {
            File.Delete(file);
        }
    }

    // The value is read by a shell and by ssh: it holds nothing but constants. The files are named from the folder the command starts in.
    private void UseKey(GitCredentials credentials)
    {
        if (credentials is not { Identity: { } identity, KnownHosts: { } hosts })
        {
            throw new GitException(GitFailure.Authentication, "An ssh address needs a Secret with identity and known_hosts.");
        }

        Write("identity", identity);
        Write("known_hosts", hosts);
        Environment["GIT_SSH_VARIANT"] = "ssh";
        Environment["GIT_SSH_COMMAND"] = "ssh -F none -o BatchMode=yes -o IdentitiesOnly=yes -o IdentityFile=identity -o IdentityAgent=none "
            + "-o UserKnownHostsFile=known_hosts -o GlobalKnownHostsFile=/dev/null -o StrictHostKeyChecking=yes -o ClearAllForwardings=yes";
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.Delete(path);
        _files.Add(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
        return path;
    }
}
