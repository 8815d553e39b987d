using System.Text.RegularExpressions;
using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Tests.Differential;

/// <summary>Where we differ from <c>mvdan-sh</c> on purpose, and why.</summary>
internal static partial class Deviations
{
    /// <summary>What we refuse though <c>mvdan-sh</c> and <c>bash -n</c> take it: how the error begins, and why refusing is right.</summary>
    public static readonly IReadOnlyList<(string Error, string Reason)> Refused =
    [
        ("a here-document's line ends inside", "where its body begins differs between shells and their versions"),
        ("the here-document", "bash only warns when a here-document does not end, and takes what there is"),
        ("a line that goes on in the next could end the here-document", "whether it does differs between shells"),
        ("shells differ in whether", "comments behind `)` and here-documents with continued lines"),
        ("shells differ in where an expansion ends", "the end of `${x:-<(…)}` is not looked for in the same way"),
        ("shells differ in what a quote is", "quotes inside `${…}` in a here-document"),
        ("a single quote inside a quoted expansion", "POSIX says it is text, bash says it quotes"),
        ("a single quote in an expression", "it is an error when the expression is evaluated"),
        ("bash does not always take", "bash has bugs here, so that a text means something in one place and is an error in another"),
        ("bash misreads an array", "bash prints and reads again what stands in a substitution, and loses escapes"),
        ("a word stands directly behind the dash", "for bash `>&-x` closes, and `x` is an argument; others open a file"),
        ("what could be a descriptor", "for bash `>1>x` is an error, for others two redirections"),
        ("`!(` could be a pattern", "with `extglob` it is a pattern, without it a subshell"),
        ("`!` cannot stand behind `|`", "bash refuses it in some versions"),
        ("`(` does not belong here", "a pattern or a strange name of a function where a command begins"),
        ("`{` does not belong here", "a strange name of a coprocess"),
        ("`}` does not belong here", "a strange name of a coprocess"),
        ("`^` does not belong here", "a strange name of a coprocess"),
        ("`]]` does not belong here", "bash takes it for a program in some places only"),
        ("this command cannot be a coprocess", "shells differ in what `coproc ! x` is"),
        ("a loop needs the name of a variable", "bash says so only when the loop runs"),
        ("a word stands behind a compound command", "a strange name of a coprocess"),
        ("a word is missing before `]]`", "in `[[ -n ]]` the bracket is an operand for some"),
        ("a function needs a name", "names with other characters than people use"),
        ("a function's body must be", "names with other characters than people use"),
        ("an array does not end", "text directly behind an array"),
        ("an element of an array that is not assigned to", "a command whose name looks like an element"),
        ("an escape in `$'…'`", "unknown escapes, and those that give NUL or no character"),
        ("an expansion has no name", "`${}` and its like are errors when they are expanded; `${ x; }` is a command in newer shells"),
        ("an expansion of this form", "errors when they are expanded"),
        ("an expansion is not closed", "errors when they are expanded"),
        ("`${` is not closed", "errors when they are expanded"),
        ("an expression is not closed", "errors when they are evaluated, or a subshell in a subshell written without a blank"),
        ("the head of a loop must be", "an error when the loop runs"),
        ("a backslash stands at the end", "nothing follows that it could escape"),
        ("a line continuation between parentheses", "bash takes it before the closing ones only"),
        ("a line continuation inside backquotes", "what is taken away first differs between shells"),
        ("it is nested deeper", "the bound that keeps the stack safe"),
        ("a command is missing", "`!` alone, which newer versions of bash take"),
        ("there is no command in it", "`` `` `` and `<()`: nothing to judge where something was meant"),
    ];

    [GeneratedRegex(@"^`.*` in (an expansion|an expression|a pattern|the name of a function) is not understood$", RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex NotUnderstood { get; }

    /// <summary>The entry for an error, or null if it is not in the table.</summary>
    public static string? ReasonFor(string error) =>
        Refused.Where(row => error.StartsWith(row.Error, StringComparison.Ordinal)).Select(row => row.Error).FirstOrDefault()
        ?? (NotUnderstood.IsMatch(error) ? "… is not understood: errors when it is expanded, or characters that shells differ in" : null);

    [GeneratedRegex(@"#[^\n]*\\\n", RegexOptions.NonBacktracking)]
    private static partial Regex ContinuedComment { get; }

    /// <summary>Why the words differ, where bash reads them as we do; or null.</summary>
    public static string? ReadOtherwise(string text, ShellList tree)
    {
        if (ContinuedComment.IsMatch(text))
        {
            return "a comment ends with its line, even behind a backslash";
        }

        return Find(tree, text);
    }

    private static string? Find(ShellNode node, string text)
    {
        var found = node switch
        {
            SimpleCommand { Assignments.Count: > 0, Declarations.Count: > 0 } => "`export` is one also behind assignments",
            SimpleCommand { Words: [{ Bare: "time" }, ..] } => "behind `|` bash takes `time` for a program",
            SimpleCommand { Words: [{ Bare: "export" or "declare" or "local" or "readonly" or "typeset" }, ..] } simple when simple.Words.Skip(1).Any(word => word.Literal is not { } name || name.Contains('=')) =>
                "an argument of `export` whose name is no name is no assignment",
            SimpleCommand { Words: [var first, ..] } when text.AsSpan(first.Span.Start, first.Span.Length).Contains('=') => "what has no name before `=` is no assignment",
            Assignment { Elements: var elements } when elements.Any(element => text.AsSpan(element.Span.Start, element.Span.Length).Contains('[')) =>
                "in an array `a[b]` is a word",
            Assignment assignment when text.AsSpan(assignment.Span.Start, assignment.Span.Length).Contains("\\\n", StringComparison.Ordinal) =>
                "a line continuation is taken away before words are recognized",
            CoprocessCommand { Command: SimpleCommand } => "a simple command behind `coproc` is one from its first word",
            Word word => OfWord(word, text),
            _ => null,
        };
        return found
            ?? Children.Of(node).Select(child => Find(child, text)).FirstOrDefault(reason => reason is not null)
            ?? Children.Parts(node).Select(part => Find(part, text)).FirstOrDefault(reason => reason is not null);
    }

    private static string? Find(WordPart part, string text) =>
        Children.Inside(part).Select(node => Find(node, text)).FirstOrDefault(reason => reason is not null)
        ?? Children.PartsInside(part).Select(inner => Find(inner, text)).FirstOrDefault(reason => reason is not null);

    private static string? OfWord(Word word, string text)
    {
        if (word.Parts.Count > 1 && word.Parts.Any(part => part is ProcessPart))
        {
            return "a process substitution can be part of a word";
        }

        if (word.Parts.Skip(1).Any(part => part is LiteralPart { Quoted: false, Text: ['#', ..] }))
        {
            return "`#` in a word begins no comment, whatever stands before it";
        }

        if (word.Parts.SkipLast(1).Any(part => part is LiteralPart { Quoted: false } literal && literal.Text.EndsWith('}')) || word.Parts.Any(part => part is LiteralPart { Quoted: false, Text: ['{', .., '}'] }))
        {
            return "`{x}>` names a descriptor only where it is the whole word";
        }

        if (word.Parts.Count > 1 && word.Span.End < text.Length && text[word.Span.End] is '<' or '>' && char.IsAsciiDigit(text[word.Span.End - 1]))
        {
            return "a number names a descriptor only where it is the whole word";
        }

        return text.AsSpan(word.Span.Start, word.Span.Length).Contains("\\\n", StringComparison.Ordinal)
            ? "a line continuation is taken away before words are recognized"
            : null;
    }
}
