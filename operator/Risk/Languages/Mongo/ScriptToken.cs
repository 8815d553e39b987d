using System.Runtime.InteropServices;

namespace RunbookOperator.Risk.Languages.Mongo;

internal enum ScriptTokenKind
{
    Name,
    String,
    Number,
    Regex,

    /// <summary>An operator or punctuation.</summary>
    Symbol,
    Newline,
    End,
}

/// <summary>One token of JavaScript; strings without quotes.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ScriptToken(ScriptTokenKind Kind, string Text, TextSpan Span)
{
    public bool Is(string symbol) => Kind == ScriptTokenKind.Symbol && Text == symbol;

    public bool IsName(string name) => Kind == ScriptTokenKind.Name && Text == name;
}
