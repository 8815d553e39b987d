using System.ComponentModel;
using System.Diagnostics;

namespace RunbookOperator.Kubernetes;

/// <summary>Credentials that a program prints, kept until they run out or the server refuses them.</summary>
internal sealed class ExecCredentials(ExecConfig exec, ExecCluster cluster, TimeProvider time) : ICredentialSource, IDisposable
{
    /// <summary>How long the program may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _one = new(1);
    private volatile Known? _known;

    public async ValueTask<Credential> GetAsync(CancellationToken cancellationToken)
    {
        if (Valid() is { } credential)
        {
            return credential;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (Valid() is { } fresh)
            {
                return fresh;
            }

            var (made, expires) = ExecCredential.Parse(exec, await RunAsync(cancellationToken));
            _known = new Known(made, expires);
            return made;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Invalidate() => _known = null;

    public void Dispose() => _one.Dispose();

    private Credential? Valid() =>
        _known is { } known && (known.Expires is not { } expires || time.GetUtcNow() < expires) ? known.Credential : null;

    private async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var process = Start();
        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(linked.Token);
            var output = await process.StandardOutput.ReadToEndAsync(linked.Token);
            await process.WaitForExitAsync(linked.Token);
            return process.ExitCode == 0
                ? output
                : throw new ConfigurationException($"{exec.Command} ended with {process.ExitCode}: {(await errors).Trim()}");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ConfigurationException($"{exec.Command} did not end within {Timeout.TotalSeconds:0} s.");
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(exec.Command ?? throw new ConfigurationException("exec has no command."), exec.Args ?? [])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["KUBERNETES_EXEC_INFO"] = ExecCredential.Info(exec, cluster);
        foreach (var variable in exec.Env ?? [])
        {
            start.Environment[variable.Name] = variable.Value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            var hint = exec.InstallHint is null ? "" : $" {exec.InstallHint}";
            throw new ConfigurationException($"{exec.Command} cannot be started: {exception.Message}.{hint}", exception);
        }
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private sealed record Known(Credential Credential, DateTimeOffset? Expires);
}
