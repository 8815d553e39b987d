using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Evaluation;

/// <summary>Fills a <see cref="VariableTable"/> from a tree.</summary>
internal sealed class VariableCollector
{
    private readonly VariableTable _table = new();

    /// <summary>The table of <paramref name="root"/>.</summary>
    public static VariableTable Collect(ShellList root)
    {
        var collector = new VariableCollector();
        collector.Visit(root, unconditional: true);
        return collector._table;
    }

    private void Visit(ShellNode node, bool unconditional)
    {
        switch (node)
        {
            case ShellList list:
                foreach (var item in list.Items)
                {
                    Visit(item.Command, unconditional && item.Unconditional);
                }

                return;
            case SimpleCommand simple:
                VisitSimple(simple, unconditional);
                break;
            case Grouping { InSubshell: false } group:
                Visit(group.Body, unconditional);
                return;
            case FunctionDefinition function when unconditional:
                _table.Functions.TryAdd(function.Name, function.Span.End);
                break;
            case ForCommand loop:
                VisitFor(loop);
                break;
            case SelectCommand loop:
                _table.AddUnknown(loop.Name, loop.Span.Start);
                break;
            case CoprocessCommand process:
                _table.AddUnknown(process.Name, process.Span.Start);
                _table.AddUnknown(process.Name + "_PID", process.Span.Start);
                break;
            case Redirection { Variable: { } variable } redirection:
                _table.AddUnknown(variable, redirection.Span.Start);
                break;
            case ArithmeticForCommand loop:
                Unknown(loop.Header);
                break;
            case ArithmeticCommand command:
                Unknown(command.Expression);
                break;
        }

        foreach (var child in Children.Of(node))
        {
            Visit(child, unconditional: false);
        }

        foreach (var part in Children.Parts(node))
        {
            VisitPart(part);
        }
    }

    private void VisitPart(WordPart part)
    {
        switch (part)
        {
            case VariablePart variable:
                if (variable.Operator is ":=" or "=")
                {
                    _table.AddUnknown(variable.Name, variable.Span.End);
                }

                break;
            case ArithmeticPart arithmetic:
                Unknown(arithmetic);
                break;
        }

        foreach (var inner in Children.Inside(part))
        {
            Visit(inner, unconditional: false);
        }

        foreach (var inner in Children.PartsInside(part))
        {
            VisitPart(inner);
        }
    }

    private void Unknown(ArithmeticPart expression)
    {
        foreach (var name in expression.Names)
        {
            // `i=i+1` and `i++` leave a number, which is bounded whatever it is.
            _table.Add(name, new VariableTable.Source(new Word(expression.Span, [expression]), expression.Span.End, false, false, IsOneOfMany: true));
        }
    }

    private void VisitFor(ForCommand loop)
    {
        if (loop.Words is not { } words)
        {
            _table.AddUnknown(loop.Name, loop.Span.Start);
            return;
        }

        foreach (var word in words.SelectMany(word => BraceExpansion.Expand(word) ?? [word]))
        {
            _table.Add(loop.Name, new VariableTable.Source(word, word.Span.End, Unconditional: false, Appends: false, IsOneOfMany: true));
        }
    }

    private void VisitSimple(SimpleCommand simple, bool unconditional)
    {
        // Before a program an assignment lives only for that program, but some builtins keep it: it counts as one that may have happened.
        foreach (var assignment in simple.Assignments.Concat(simple.Declarations))
        {
            var sure = unconditional && (simple.Words.Count == 0 || simple.Words[0].Literal is "export" or "readonly");
            _table.Add(assignment.Name, new VariableTable.Source(assignment.Value, assignment.Span.End, sure, assignment.Appends, IsOneOfMany: false));
        }

        if (simple.Words is not [var first, ..] || first.Literal is not ("read" or "mapfile" or "readarray" or "printf" or "getopts" or "unset" or "let" or "wait"
            or "export" or "declare" or "typeset" or "local" or "readonly" or "set" or "shopt" or "command" or "builtin"))
        {
            return;
        }

        foreach (var word in simple.Words.Skip(1))
        {
            if (word.Literal is { } name)
            {
                _table.AllowsUnset |= name.StartsWith('+') && name.Contains('u') || name == "nounset";
                if (first.Literal is not ("export" or "readonly" or "set"))
                {
                    _table.AddUnknown(name, simple.Span.End);
                }
            }
        }
    }
}
