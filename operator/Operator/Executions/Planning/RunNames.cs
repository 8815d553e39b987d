using System.Security.Cryptography;
using System.Text;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>Names of runs that another run makes: the same whoever makes them, so that none is made twice.</summary>
internal static class RunNames
{
    private const int Hash = 10;

    /// <summary>The name of the run of <paramref name="runbook"/> that <paramref name="parent"/> makes for <paramref name="cause"/>.</summary>
    public static string Of(RunbookExecution parent, string runbook, string cause) =>
        $"{runbook}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{parent.Metadata.Uid}/{cause}")))[..Hash]}";

    /// <summary>The name of the child run of an attempt.</summary>
    public static string OfChild(RunbookExecution parent, RunbookStep step, int attempt) => Of(parent, step.Runbook!, $"{step.Name}/{attempt}");
}
