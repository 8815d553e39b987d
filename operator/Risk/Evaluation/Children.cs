using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Evaluation;

/// <summary>What stands directly inside a node, for walks that treat most nodes alike.</summary>
internal static class Children
{
    /// <summary>The nodes inside <paramref name="node"/>, in the order of the text.</summary>
    public static IEnumerable<ShellNode> Of(ShellNode node) => node switch
    {
        ShellList list => list.Items.Select(item => item.Command),
        Pipeline pipeline => pipeline.Commands,
        SimpleCommand simple => [.. simple.Assignments, .. simple.Words, .. simple.Declarations, .. simple.Redirections],
        Grouping group => [group.Body],
        IfCommand branch => branch.Parts,
        WhileCommand loop => [loop.Condition, loop.Body],
        ForCommand loop => [.. loop.Words ?? [], loop.Body],
        SelectCommand loop => [.. loop.Words ?? [], loop.Body],
        CoprocessCommand process => [process.Command],
        ArithmeticForCommand loop => [loop.Body],
        CaseCommand choice => [choice.Subject, .. choice.Items.SelectMany(item => item.Patterns.Append<ShellNode>(item.Body))],
        FunctionDefinition function => [function.Body],
        ConditionalCommand conditional => conditional.Words,
        RedirectedCommand redirected => [redirected.Command, .. redirected.Redirections],
        Assignment assignment => assignment.Value is { } value ? [value] : assignment.Elements,
        Redirection redirection => [redirection.Target],
        _ => [],
    };

    /// <summary>The parts of words directly inside <paramref name="node"/>.</summary>
    public static IEnumerable<WordPart> Parts(ShellNode node) => node switch
    {
        Word word => word.Parts,
        ArithmeticCommand command => [command.Expression],
        ArithmeticForCommand loop => [loop.Header],
        Assignment assignment => assignment.Subscripts,
        _ => [],
    };

    /// <summary>The nodes directly inside <paramref name="part"/>.</summary>
    public static IEnumerable<ShellNode> Inside(WordPart part) => part switch
    {
        SubstitutionPart substitution => [substitution.Body],
        ProcessPart process => [process.Body],
        VariablePart { Argument: { } argument } => [argument],
        _ => [],
    };

    /// <summary>The parts directly inside <paramref name="part"/>.</summary>
    public static IEnumerable<WordPart> PartsInside(WordPart part) => part switch
    {
        VariablePart { Subscript: { } subscript, Slice: { } slice } => [subscript, slice],
        VariablePart { Subscript: { } subscript } => [subscript],
        VariablePart { Slice: { } slice } => [slice],
        PatternPart pattern => pattern.Parts,
        ArithmeticPart arithmetic => arithmetic.Parts,
        _ => [],
    };
}
