using RunbookOperator.Admission;
using RunbookOperator.Api;
using RunbookOperator.Executions;

namespace RunbookOperator.Observability;

/// <summary>The audit trail as lines of JSON on the operator's standard output: what a log store keeps and an auditor believes.</summary>
/// <param name="output">Where the lines go.</param>
internal sealed class AuditLog(TextWriter output)
{
    private readonly Lock _lock = new();

    /// <summary>Writes one line for each entry.</summary>
    /// <param name="execution">The run.</param>
    /// <param name="head">The head before them.</param>
    /// <param name="entries">The entries as they were stored.</param>
    /// <param name="keys">The operator's keys.</param>
    public void Write(RunbookExecution execution, string head, IReadOnlyList<AuditEntry> entries, HmacKeys keys)
    {
        lock (_lock)
        {
            foreach (var entry in entries.Select(AuditChain.Bounded))
            {
                head = AuditChain.Next(head, entry, keys);
                output.WriteLine(AuditChain.Line(execution, entry, head));
            }
        }
    }
}
