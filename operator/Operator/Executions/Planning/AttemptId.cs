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
    public static string Of(RunbookExecution execution, string step, int attempt)
    {
        var identity = $"{execution.Metadata.Uid}/{step}/{attempt}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..Hash];
        return $"{step}-{attempt}-{hash}";
    }
}
