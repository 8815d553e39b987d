using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Documents;

/// <summary>A runbook as a file says it.</summary>
/// <param name="File">The file.</param>
/// <param name="Runbook">The runbook, typed. Absent fields are absent: no defaults are added.</param>
/// <param name="Content">The object as it is to be applied: what the file says, without what only the API server writes.</param>
/// <param name="Map">Where each field stands.</param>
public sealed record RunbookDocument(string File, Runbook Runbook, JsonObject Content, DocumentMap Map);

/// <summary>What a file holds.</summary>
/// <param name="Runbooks">The runbooks that can be used, in the order of the file.</param>
/// <param name="Problems">Everything found, in the order of the file. Where one is an error, at least one runbook of the file may be missing from
/// <paramref name="Runbooks"/>: nothing that came from this file earlier may be taken as removed.</param>
/// <param name="Ignored">How many YAML documents are something else that nobody looked at.</param>
public sealed record DocumentResult(IReadOnlyList<RunbookDocument> Runbooks, IReadOnlyList<DocumentProblem> Problems, int Ignored)
{
    /// <summary>How many objects of the group's other kinds were checked and can be used; 0 where they are not looked at.</summary>
    public int Others { get; init; }
}
