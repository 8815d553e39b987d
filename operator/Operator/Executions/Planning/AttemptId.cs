using System.Security.Cryptography;
using System.Text;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>The id of one attempt of one step of one run: the name of its pod, and the mark of a typed action on what it changed.</summary>
public static class AttemptId
{
    /// <summary>Hexadecimal digits of the hash.</summary>
    private const int Hash = 10;

    /// <summary>The id: at most 63 characters of a DNS label, the same for every replica that looks at the same attempt.</summary>
    /// <param name="execution">The run.</param>
    /// <param name="step">Name of the step.</param>
    /// <param name="attempt">The attempt, from 1.</param>
    /// <param name="isUndo">Whether it is an attempt of the step's undo.</param>
    public static string Of(RunbookExecution execution, string step, int attempt, bool isUndo = false)
    {
        var identity = isUndo ? $"{execution.Metadata.Uid}/{step}/undo/{attempt}" : $"{execution.Metadata.Uid}/{step}/{attempt}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..Hash];
        return isUndo ? $"{step}-undo-{attempt}-{hash}" : $"{step}-{attempt}-{hash}";
    }
}
