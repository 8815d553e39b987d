using System.ComponentModel;
using System.Diagnostics;

namespace RunbookOperator.TestKit;

/// <summary>Runs programs for tests: arguments as a list, never through a shell, always with an end.</summary>
public static class Shell
{
    /// <summary>Runs a program and returns what it printed and how it ended, whatever its exit code.</summary>
    /// <param name="program">A path, or a name to look up in PATH.</param>
    /// <param name="arguments">Passed as they are.</param>
    /// <param name="options">Folder, environment, input and timeout; null for the defaults.</param>
    /// <param name="cancellationToken">Kills the program and its children.</param>
    /// <exception cref="TimeoutException">It ran longer than <see cref="ShellOptions.Timeout"/> and was killed with its children.</exception>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static async Task<ShellResult> RunAsync(
        string program, IReadOnlyList<string> arguments, ShellOptions? options, CancellationToken cancellationToken)
    {
        options ??= new ShellOptions();
        using var process = new Process { StartInfo = StartInfo(program, arguments, options) };
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var input = WriteInputAsync(process, options.Input);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(options.Timeout);
        try
        {
            // The streams first: a program that has ended may have left a child that still writes.
            await Task.WhenAll(output, error, input).WaitAsync(end.Token);
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException killed)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"{Describe(program, arguments)} was still running after {options.Timeout.TotalSeconds:0} s.", killed);
        }

        return new ShellResult(Describe(program, arguments), process.ExitCode, await output, await error);
    }

    private static ProcessStartInfo StartInfo(string program, IReadOnlyList<string> arguments, ShellOptions options)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = options.WorkingDirectory ?? TestCluster.RepositoryRoot,
        };
        foreach (var (name, value) in options.Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    private static async Task WriteInputAsync(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input; its exit code tells the rest.
        }
    }

    private static string Describe(string program, IReadOnlyList<string> arguments) => string.Join(' ', [program, .. arguments]);
}
