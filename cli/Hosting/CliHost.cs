using RunbookOperator.Cli.Cluster;

namespace RunbookOperator.Cli;

/// <summary>Everything outside the program that verbs touch.</summary>
internal sealed record CliHost
{
    /// <summary>The streams.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>What people type to start the program: <c>runbook</c> or <c>kubectl runbook</c>.</summary>
    public required string ProgramName { get; init; }

    /// <summary>The environment variable of a name, or null.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The clock, its time zone, and delays.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>So many random hexadecimal digits.</summary>
    public required Func<int, string> RandomHex { get; init; }

    /// <summary>Opens the connection to a cluster. Called only by verbs that need one.</summary>
    public required Func<ConnectionOptions, ClusterConnection> Connect { get; init; }

    /// <summary>The name of the program for a value of argv[0]: as a plugin of kubectl it is <c>kubectl runbook</c>.</summary>
    public static string ProgramNameOf(string argument)
    {
        var file = argument[(argument.LastIndexOfAny(['/', '\\']) + 1)..];
        return file.StartsWith("kubectl-", StringComparison.Ordinal) ? "kubectl runbook" : "runbook";
    }
}
