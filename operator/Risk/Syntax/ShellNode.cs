namespace RunbookOperator.Risk.Syntax;

/// <summary>A node of the syntax tree of a shell text. Spans lie within the text.</summary>
internal abstract record ShellNode(TextSpan Span);

/// <summary>A place that was not understood. Nothing behind it has been read.</summary>
internal sealed record ErrorNode(TextSpan Span, string Rule, string Message) : ShellNode(Span);

/// <summary>Commands one after the other: separated by <c>;</c>, <c>&amp;</c>, <c>&amp;&amp;</c>, <c>||</c> or line ends.</summary>
internal sealed record ShellList(TextSpan Span, IReadOnlyList<ListItem> Items) : ShellNode(Span);

/// <summary>A command of a list. <paramref name="Unconditional"/>: it runs, in this shell, whenever the list does.</summary>
internal sealed record ListItem(ShellNode Command, bool Unconditional);

/// <summary>
/// Commands, each reading what the one before writes; or one command behind <c>!</c> or <c>time</c>; or none, where <c>time</c> stands alone.
/// </summary>
internal sealed record Pipeline(TextSpan Span, IReadOnlyList<ShellNode> Commands) : ShellNode(Span);

/// <summary>
/// Assignments, a program with its arguments, redirections: each may be missing, not all. <paramref name="Declarations"/> are the
/// assignments that stand behind <c>export</c> and its like.
/// </summary>
internal sealed record SimpleCommand(
    TextSpan Span,
    IReadOnlyList<Assignment> Assignments,
    IReadOnlyList<Word> Words,
    IReadOnlyList<Assignment> Declarations,
    IReadOnlyList<Redirection> Redirections) : ShellNode(Span);

/// <summary><c>( list )</c> runs in a shell of its own, <c>{ list; }</c> in this one.</summary>
internal sealed record Grouping(TextSpan Span, ShellList Body, bool InSubshell) : ShellNode(Span);

/// <summary><c>if</c>, with its conditions and branches in the order of the text.</summary>
internal sealed record IfCommand(TextSpan Span, IReadOnlyList<ShellList> Parts) : ShellNode(Span);

/// <summary><c>while</c> and <c>until</c>.</summary>
internal sealed record WhileCommand(TextSpan Span, ShellList Condition, ShellList Body) : ShellNode(Span);

/// <summary><c>for NAME in words</c>; <paramref name="Words"/> is null where the positional parameters are meant.</summary>
internal sealed record ForCommand(TextSpan Span, string Name, IReadOnlyList<Word>? Words, ShellList Body) : ShellNode(Span);

/// <summary><c>select NAME in words</c>: a menu; what is typed goes into <c>REPLY</c>, the word chosen or nothing into the variable.</summary>
internal sealed record SelectCommand(TextSpan Span, string Name, IReadOnlyList<Word>? Words, ShellList Body) : ShellNode(Span);

/// <summary><c>for ((a; b; c))</c>.</summary>
internal sealed record ArithmeticForCommand(TextSpan Span, ArithmeticPart Header, ShellList Body) : ShellNode(Span);

/// <summary><c>case</c>.</summary>
internal sealed record CaseCommand(TextSpan Span, Word Subject, IReadOnlyList<CaseItem> Items) : ShellNode(Span);

/// <summary>One branch of <c>case</c>.</summary>
internal sealed record CaseItem(IReadOnlyList<Word> Patterns, ShellList Body);

/// <summary>A function with its body.</summary>
internal sealed record FunctionDefinition(TextSpan Span, string Name, ShellNode Body) : ShellNode(Span);

/// <summary><c>coproc</c>: a command in the background, whose descriptors go into the array <paramref name="Name"/>.</summary>
internal sealed record CoprocessCommand(TextSpan Span, string Name, ShellNode Command) : ShellNode(Span);

/// <summary><c>[[ … ]]</c>; operators are words too.</summary>
internal sealed record ConditionalCommand(TextSpan Span, IReadOnlyList<Word> Words) : ShellNode(Span);

/// <summary><c>(( … ))</c>.</summary>
internal sealed record ArithmeticCommand(TextSpan Span, ArithmeticPart Expression) : ShellNode(Span);

/// <summary>A compound command with redirections behind it.</summary>
internal sealed record RedirectedCommand(TextSpan Span, ShellNode Command, IReadOnlyList<Redirection> Redirections) : ShellNode(Span);

/// <summary>
/// <c>NAME=value</c>; <paramref name="Value"/> is null for an array or an element of one. <paramref name="Subscripts"/> are the ones assigned
/// to, in <c>a[x]=</c> and <c>a=([x]=…)</c>.
/// </summary>
internal sealed record Assignment(
    TextSpan Span,
    string Name,
    Word? Value,
    IReadOnlyList<Word> Elements,
    bool Appends,
    IReadOnlyList<ArithmeticPart> Subscripts) : ShellNode(Span);

/// <summary>
/// A redirection. A here-document's text is <paramref name="Target"/>. <paramref name="Variable"/> is the one that <c>{name}&gt;</c> sets.
/// </summary>
internal sealed record Redirection(TextSpan Span, RedirectionKind Kind, Word Target, string? Variable = null) : ShellNode(Span);

/// <summary>What a redirection does.</summary>
internal enum RedirectionKind
{
    /// <summary><c>&lt; file</c></summary>
    Read,

    /// <summary><c>&gt; file</c>, <c>&gt;| file</c>, <c>&amp;&gt; file</c>: the file is emptied first.</summary>
    Write,

    /// <summary><c>&gt;&gt; file</c>, <c>&amp;&gt;&gt; file</c></summary>
    Append,

    /// <summary><c>&lt;&gt; file</c></summary>
    ReadWrite,

    /// <summary><c>&gt;&amp;</c> and <c>&lt;&amp;</c> with a descriptor or <c>-</c>.</summary>
    Duplicate,

    /// <summary><c>&lt;&lt;</c> and <c>&lt;&lt;&lt;</c>: text from the script itself.</summary>
    Text,
}
