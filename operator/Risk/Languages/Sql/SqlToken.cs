using System.Runtime.InteropServices;

namespace RunbookOperator.Risk.Languages.Sql;

internal enum SqlTokenKind
{
    /// <summary>A keyword or a name without quotes, in lower case.</summary>
    Word,

    /// <summary>A name in quotes, without them.</summary>
    QuotedName,

    /// <summary>A string, without its quotes, escapes left as they are.</summary>
    String,
    Number,

    /// <summary>One character of an operator or of punctuation.</summary>
    Symbol,

    /// <summary>The end of a statement.</summary>
    Terminator,

    /// <summary>A command of the client program, without the character that begins it.</summary>
    ClientCommand,
}

/// <summary>One token of SQL.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, TextSpan Span)
{
    /// <summary>Whether it is this keyword, without quotes.</summary>
    public bool Is(string word) => Kind == SqlTokenKind.Word && Text == word;

    /// <summary>Whether it is this character.</summary>
    public bool IsSymbol(char symbol) => Kind == SqlTokenKind.Symbol && Text[0] == symbol;

    /// <summary>Whether it can be the name of something.</summary>
    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName;
}
