namespace RunbookOperator.Risk.Languages;

/// <summary>Something found in code that a program takes: SQL, commands, a script, a request.</summary>
/// <param name="Rule">Id of the rule it falls under; <c>file.read</c> or <c>file.write</c> where <paramref name="Path"/> is set.</param>
/// <param name="Span">Where it stands in the code.</param>
/// <param name="Subject">The beginning of a sentence that the rule's own words end: "`drop table`".</param>
/// <param name="Path">A file of the machine the program runs on, to be judged as every other file is; null for all else.</param>
internal sealed record CodeFinding(string Rule, TextSpan Span, string Subject, string? Path = null);
