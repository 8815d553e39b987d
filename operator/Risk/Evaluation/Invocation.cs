namespace RunbookOperator.Risk.Evaluation;

/// <summary>Which shell reads a text.</summary>
internal enum ShellText
{
    /// <summary>One that is started for it.</summary>
    AnotherShell,

    /// <summary>The one that runs the command, so the text can change what stands behind it.</summary>
    ThisShell,
}

/// <summary>One program with its arguments, for the knowledge of that program to judge.</summary>
/// <param name="Program">The program's name without its directory.</param>
/// <param name="Arguments">What follows the name.</param>
/// <param name="Span">The whole command.</param>
/// <param name="Input">What it reads on standard input.</param>
/// <param name="Findings">Where the judgement goes.</param>
/// <param name="Carry">Judges a command that is carried in the arguments, such as what stands behind <c>--</c> of exec.</param>
/// <param name="CarryText">Judges a text that a shell reads.</param>
internal sealed record Invocation(
    string Program,
    IReadOnlyList<Argument> Arguments,
    TextSpan Span,
    CommandOutput Input,
    Findings Findings,
    Action<IReadOnlyList<Argument>> Carry,
    Action<Argument, ShellText> CarryText)
{
    /// <summary>Whether assignments, already judged, stand among the arguments, as behind <c>export</c>.</summary>
    public bool DeclaresOnly { get; init; }
}
