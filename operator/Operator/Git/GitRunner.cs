using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace RunbookOperator.Git;

/// <summary>
/// Runs the <c>git</c> program: arguments as a list, an environment made from nothing, no configuration but ours, no hooks, no helpers, no
/// questions, bounded in time and output.
/// </summary>
internal sealed class GitRunner(GitOptions options, TimeProvider time)
{
    // What a program needs to be found and to leave through a proxy. Everything else of this process is not Git's business.
    private static readonly string[] Inherited =
        ["PATH", "https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"];

    // Names that the file system of a work tree could trip over are listed by the reader as problems, one by one; they must not stop the
    // fetch of everything else. There is never a work tree.
    private static readonly string[] Settings =
    [
        "credential.helper=", "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.askPass=", "protocol.ext.allow=never", "protocol.version=2",
        "http.followRedirects=false", "http.sslVerify=true", "fetch.fsckObjects=true", "fetch.fsck.hasDot=ignore", "fetch.fsck.hasDotdot=ignore",
        "fetch.fsck.hasDotgit=ignore", "fetch.fsck.fullPathname=ignore", "fetch.recurseSubmodules=no", "submodule.recurse=false",
        "push.recurseSubmodules=no", "gc.autoDetach=false", "gc.auto=2000", "gc.autoPackLimit=30", "gc.pruneExpire=now", "commit.gpgSign=false",
        "core.quotePath=false", "log.showSignature=false", "init.defaultBranch=main", "advice.detachedHead=false",
    ];

    /// <summary>The address rules of this runner.</summary>
    public GitOptions Options { get; } = options;

    /// <summary>Runs a command and returns what it printed.</summary>
    /// <exception cref="GitException">It failed, took too long or printed too much.</exception>
    public async Task<byte[]> RunAsync(GitCommand command, CancellationToken cancellationToken)
    {
        using var process = Start(command);
        using var timeout = new CancellationTokenSource(command.Timeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var input = WriteInputAsync(process, command.Input, end.Token);
            var error = ReadErrorAsync(process.StandardError.BaseStream, end.Token);

            // The output first: if it is too long, nothing else is waited for.
            var output = await ReadOutputAsync(process.StandardOutput.BaseStream, command, end.Token);
            var message = await error;
            await input;
            await process.WaitForExitAsync(end.Token);
            return process.ExitCode == 0 ? output : throw Failed(command, process.ExitCode, message);
        }
        catch (OperationCanceledException inner) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GitException(GitFailure.Timeout, $"git {command.Name} was ended after {command.Timeout.TotalSeconds:0.#} s.", inner);
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start(GitCommand command)
    {
        var info = new ProcessStartInfo(Options.Program, Arguments(command))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.Folder,
        };
        SetEnvironment(info.Environment, command);
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception inner)
        {
            throw new GitException(GitFailure.Other, $"The program {Options.Program} cannot be started: {inner.Message}.", inner);
        }
    }

    private static IEnumerable<string> Arguments(GitCommand command) =>
    [
        .. command.Repository is { } repository ? new[] { $"--git-dir={repository}" } : [],
        .. Settings.SelectMany(setting => new[] { "-c", setting }),
        .. command.Access?.Options ?? [],
        .. command.Arguments,
    ];

    private void SetEnvironment(IDictionary<string, string?> environment, GitCommand command)
    {
        var inherited = Inherited.Where(environment.ContainsKey).Select(name => (Name: name, Value: environment[name])).ToList();
        environment.Clear();
        foreach (var (name, value) in inherited)
        {
            environment[name] = value;
        }

        environment["HOME"] = command.Folder;
        environment["XDG_CONFIG_HOME"] = command.Folder;
        environment["LC_ALL"] = "C";
        environment["TZ"] = "UTC";
        environment["GIT_CONFIG_NOSYSTEM"] = "1";
        environment["GIT_CONFIG_SYSTEM"] = "/dev/null";
        environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        environment["GIT_ATTR_NOSYSTEM"] = "1";
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_ALLOW_PROTOCOL"] = Options.AllowLocalRepositories ? "https:ssh:file:http" : "https:ssh";
        environment["GIT_LITERAL_PATHSPECS"] = "1";
        environment["GIT_NO_REPLACE_OBJECTS"] = "1";
        foreach (var (name, value) in (command.Access?.Environment ?? []).Concat(command.Environment))
        {
            environment[name] = value;
        }
    }

    private static async Task<byte[]> ReadOutputAsync(Stream stream, GitCommand command, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (output.Length + read > command.MaximumOutput)
            {
                throw new GitException(GitFailure.TooLarge, $"git {command.Name} printed more than {command.MaximumOutput} bytes.");
            }

            output.Write(buffer, 0, read);
        }

        return output.ToArray();
    }

    // The last of it is kept: that is where Git says why it gave up.
    private static async Task<string> ReadErrorAsync(Stream stream, CancellationToken cancellationToken)
    {
        var kept = new List<byte>();
        var buffer = new byte[4096];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            kept.AddRange(buffer.AsSpan(0, read));
            if (kept.Count > GitLimits.ErrorBytes)
            {
                kept.RemoveRange(0, kept.Count - GitLimits.ErrorBytes);
            }
        }

        return Encoding.UTF8.GetString([.. kept]);
    }

    private static async Task WriteInputAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of its input; its exit code tells the rest.
        }
    }

    private static GitException Failed(GitCommand command, int exitCode, string error) =>
        GitFailureReader.Read(command.Name, exitCode, GitFailureReader.Redact(error, command.Access?.Secrets ?? []));

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }
}
