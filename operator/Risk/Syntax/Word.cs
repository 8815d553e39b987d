namespace RunbookOperator.Risk.Syntax;

/// <summary>A word of the shell, not yet expanded.</summary>
internal sealed record Word(TextSpan Span, IReadOnlyList<WordPart> Parts) : ShellNode(Span)
{
    /// <summary>The text if the word is one plain literal, quoted or not; null if anything in it is expanded.</summary>
    public string? Literal => Parts switch
    {
        [] => "",
        [LiteralPart only] => only.Text,
        _ => Joined(),
    };

    private string? Joined()
    {
        var length = 0;
        foreach (var part in Parts)
        {
            if (part is not LiteralPart literal)
            {
                return null;
            }

            length += literal.Text.Length;
        }

        return string.Create(length, Parts, static (into, parts) =>
        {
            foreach (var part in parts)
            {
                var text = ((LiteralPart)part).Text;
                text.CopyTo(into);
                into = into[text.Length..];
            }
        });
    }

    /// <summary>The text if nothing in the word is quoted, escaped or expanded: only such a word can be a keyword.</summary>
    public string? Bare => Parts is [LiteralPart { Quoted: false } only] && only.Text.Length == Span.Length ? only.Text : null;
}

/// <summary>A part of a word. <paramref name="Quoted"/>: it is neither split nor matched against file names.</summary>
internal abstract record WordPart(TextSpan Span, bool Quoted);

/// <summary>Text that stands for itself.</summary>
internal sealed record LiteralPart(TextSpan Span, bool Quoted, string Text) : WordPart(Span, Quoted);

/// <summary>
/// <c>$name</c>, <c>${name}</c> and its forms. <paramref name="Operator"/> is the text between name and argument (<c>:-</c>, <c>%</c>,
/// <c>@P</c>, <c>#</c> for a length, <c>!</c> for indirection), empty for a plain value.
/// </summary>
internal sealed record VariablePart(
    TextSpan Span, bool Quoted, string Name, string Operator, Word? Argument, ArithmeticPart? Subscript) : WordPart(Span, Quoted)
{
    /// <summary>Offset and length of <c>${name:offset:length}</c>, whose operator is <c>:</c>.</summary>
    public ArithmeticPart? Slice { get; init; }

    /// <summary>Whether <c>#</c> stands before the name and asks for the length; behind it, it takes a beginning away.</summary>
    public bool IsLength { get; init; }
}

/// <summary>
/// A pattern such as <c>@(a|b)</c>; <paramref name="Kind"/> is its first character. Shells without extended patterns refuse it.
/// </summary>
internal sealed record PatternPart(TextSpan Span, char Kind, IReadOnlyList<WordPart> Parts) : WordPart(Span, Quoted: false);

/// <summary><c>$(list)</c> and <c>`list`</c>.</summary>
internal sealed record SubstitutionPart(TextSpan Span, bool Quoted, ShellList Body) : WordPart(Span, Quoted);

/// <summary><c>&lt;(list)</c> and <c>&gt;(list)</c>.</summary>
internal sealed record ProcessPart(TextSpan Span, ShellList Body) : WordPart(Span, Quoted: false);

/// <summary><c>$((…))</c>, <c>((…))</c> or a subscript: the expansions in it, and the names it reads as numbers.</summary>
internal sealed record ArithmeticPart(TextSpan Span, bool Quoted, IReadOnlyList<WordPart> Parts, IReadOnlyList<string> Names) : WordPart(Span, Quoted);
