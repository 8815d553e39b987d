using System.ComponentModel;
using System.Diagnostics;

namespace RunbookOperator.Kubernetes;

/// <summary>Runs the program of an exec plugin.</summary>
internal sealed class ExecProgram(ExecConfig exec, Place place, TimeProvider time)
{
    /// <summary>How long the program may take. One that asks a person may take <see cref="InteractiveTimeout"/>.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>How long a program that asks a person may take.</summary>
    public static readonly TimeSpan InteractiveTimeout = TimeSpan.FromMinutes(10);

    /// <summary>How much the program may print, in characters.</summary>
    public const int MaxOutput = 1 << 20;

    /// <summary>How much of its errors is repeated, in characters.</summary>
    public const int MaxErrors = 1024;

    private const string Field = "exec";

    /// <summary>What the program prints.</summary>
    /// <param name="info">The content of KUBERNETES_EXEC_INFO.</param>
    /// <param name="interactive">Whether it shares our terminal: input and errors are then not ours to read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ConfigurationException">It cannot be started, fails, or takes too long.</exception>
    public async Task<string> RunAsync(string info, bool interactive, CancellationToken cancellationToken)
    {
        var limit = interactive ? InteractiveTimeout : Timeout;
        using var timeout = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var process = Start(info, interactive);
        try
        {
            var errors = interactive ? Task.FromResult("") : ReadErrorsAsync(process, linked.Token);
            var output = await ReadAsync(process.StandardOutput, MaxOutput + 1, linked.Token);
            if (output.Length > MaxOutput)
            {
                throw place.Error(Field, $"{exec.Command} printed more than {MaxOutput} characters.");
            }

            await process.WaitForExitAsync(linked.Token);
            return process.ExitCode == 0
                ? output
                : throw place.Error(Field, $"{exec.Command} ended with {process.ExitCode}: {(await errors).Trim()}");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw place.Error(Field, $"{exec.Command} did not end within {limit.TotalSeconds:0} s.");
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start(string info, bool interactive)
    {
        var start = new ProcessStartInfo(exec.Command!, exec.Args ?? [])
        {
            RedirectStandardInput = !interactive,
            RedirectStandardOutput = true,
            RedirectStandardError = !interactive,
            UseShellExecute = false,
        };
        foreach (var variable in exec.Env ?? [])
        {
            start.Environment[variable.Name] = variable.Value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = info;
        try
        {
            var process = Process.Start(start)!;
            if (!interactive)
            {
                process.StandardInput.Close();
            }

            return process;
        }
        catch (Win32Exception exception)
        {
            var hint = exec.InstallHint is null ? "" : $" {exec.InstallHint}";
            throw place.Error(Field, $"{exec.Command} cannot be started: {exception.Message}.{hint}", exception);
        }
    }

    // What is beyond the limit is read too, or the program would wait for us.
    private static async Task<string> ReadErrorsAsync(Process process, CancellationToken cancellationToken)
    {
        var kept = await ReadAsync(process.StandardError, MaxErrors, cancellationToken);
        var rest = new char[MaxErrors];
        while (await process.StandardError.ReadAsync(rest.AsMemory(), cancellationToken) > 0)
        {
            // Dropped.
        }

        return kept;
    }

    private static async Task<string> ReadAsync(StreamReader reader, int limit, CancellationToken cancellationToken)
    {
        var buffer = new char[limit];
        return new string(buffer, 0, await reader.ReadBlockAsync(buffer.AsMemory(), cancellationToken));
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
