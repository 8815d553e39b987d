using System.Text.Json;

namespace RunbookOperator.Api;

/// <summary>The revision of a runbook: a hash of its spec, so that an unrelated commit or a change of labels makes no new one.</summary>
public static class RunbookRevision
{
    /// <summary>Hexadecimal digits of a revision.</summary>
    public const int Length = 16;

    /// <summary>The revision of <paramref name="spec"/>.</summary>
    public static string Of(RunbookSpec spec) => CanonicalJson.Hash(JsonSerializer.SerializeToNode(spec, ApiJson.Default.RunbookSpec), Length);
}
