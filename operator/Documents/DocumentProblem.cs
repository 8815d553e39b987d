using System.Globalization;

namespace RunbookOperator.Documents;

/// <summary>How bad a problem is.</summary>
public enum DocumentSeverity
{
    /// <summary>The runbook can be used; somebody should look.</summary>
    Warning,

    /// <summary>The runbook cannot be used.</summary>
    Error,
}

/// <summary>Something wrong in a file, and where.</summary>
/// <param name="File">The file, as it was named to the reader.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 units.</param>
/// <param name="Rule">Id of the rule in <see cref="DocumentRules"/>.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What is wrong and what to do, for a person. One line without control characters.</param>
public sealed record DocumentProblem(string File, int Line, int Column, string Rule, DocumentSeverity Severity, string Message)
{
    /// <summary>The problem as compilers print it: <c>file:line:column: error RBK007: message</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {(Severity == DocumentSeverity.Error ? "error" : "warning")} {Rule}: {Message}");
}
