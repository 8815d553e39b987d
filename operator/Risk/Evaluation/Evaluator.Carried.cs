using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>How deep commands may be carried in the arguments of others.</summary>
    public const int MaximumCarried = 8;

    private int _carried;

    /// <summary>Judges a command whose words stand in the arguments of another. What that one reads, this one may read.</summary>
    private void Carry(IReadOnlyList<Argument> arguments, CommandOutput input)
    {
        if (arguments.Count == 0)
        {
            return;
        }

        if (_carried >= MaximumCarried)
        {
            _findings.AddMessage("shell.unparsed", arguments[0].Span, "Commands carry commands too deep.");
            return;
        }

        _carried++;
        var (start, end) = (arguments.Min(argument => argument.Span.Start), arguments.Max(argument => argument.Span.End));
        _ = Run(arguments, TextSpan.FromTo(start, end), input);
        _carried--;
    }

    /// <summary>Judges text that a shell reads. What is not written in it is code of which nothing is known.</summary>
    private void CarryText(Argument text, ShellText shell, CommandOutput input)
    {
        if (!text.IsLiteral)
        {
            _findings.Add("program.code", text);
            return;
        }

        if (_carried >= MaximumCarried)
        {
            _findings.AddMessage("shell.unparsed", text.Span, "Commands carry commands too deep.");
            return;
        }

        var tree = ShellParser.Parse(text.Text);
        var variables = VariableCollector.Collect(tree);
        if (shell == ShellText.ThisShell && variables.ChangesAnything)
        {
            // What it sets is not known to the words behind it.
            _findings.Add("shell.builtin", text);
        }

        var inner = new Findings();
        new Evaluator(_programs, _variables.ForAnotherShell(variables), _environment, inner) { _carried = _carried + 1 }.Walk(tree, input);
        _findings.Include(inner, text.Span, movesToo: shell == ShellText.ThisShell);
    }
}
