using System.Security.Cryptography;
using System.Text;
using RunbookOperator.Cli.Cluster;

namespace RunbookOperator.Cli;

/// <summary>Where the program meets the process: the only place that touches Console and Environment.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), encoding) { AutoFlush = !Console.IsOutputRedirected };
        await using var error = new StreamWriter(Console.OpenStandardError(), encoding) { AutoFlush = true };
        using var input = new StreamReader(Console.OpenStandardInput(), encoding);
        var host = new CliHost
        {
            Terminal = new Terminal
            {
                Out = output,
                Error = error,
                In = input,
                IsOutputTerminal = !Console.IsOutputRedirected,
                IsInputTerminal = !Console.IsInputRedirected,
            },
            ProgramName = CliHost.ProgramNameOf(CalledAs()),
            Environment = Environment.GetEnvironmentVariable,
            Time = TimeProvider.System,
            RandomHex = digits => RandomNumberGenerator.GetHexString(digits, lowercase: true),
            Connect = ClusterConnector.Connect,
        };
        return await CommandLine.RunAsync(arguments, host, CancellationToken.None);
    }

    // .NET gives the resolved path of the program; through a link only the system knows the name that was typed.
    private static string CalledAs()
    {
        const string CommandLineFile = "/proc/self/cmdline";
        try
        {
            if (File.Exists(CommandLineFile))
            {
                return File.ReadAllText(CommandLineFile).Split('\0')[0];
            }
        }
        catch (IOException)
        {
            // The name that .NET gives will do.
        }

        return Environment.ProcessPath ?? "";
    }
}
