using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Evaluation;

/// <summary>Walks a tree and judges every part of it; the answer is that of the riskiest part.</summary>
internal sealed partial class Evaluator
{
    private readonly Programs _programs;
    private readonly Findings _findings;
    private readonly VariableTable _variables;
    private readonly RiskVariables? _environment;
    private readonly Expander _expander;

    private Evaluator(Programs programs, VariableTable variables, RiskVariables? environment, Findings findings)
    {
        _programs = programs;
        _variables = variables;
        _findings = findings;
        _environment = environment;
        _expander = new Expander(variables, environment);
    }

    /// <summary>The verdict about <paramref name="tree"/>.</summary>
    public static RiskVerdict Judge(ShellList tree, Programs programs, RiskVariables? environment)
    {
        var findings = new Findings();
        new Evaluator(programs, VariableCollector.Collect(tree), environment, findings).Walk(tree, default);
        if (findings.IsEmpty)
        {
            findings.AddMessage("shell.state", tree.Span, "There is no command here.");
        }

        return findings.ToVerdict();
    }

    /// <summary>Judges a node that reads <paramref name="input"/>, and says what it prints.</summary>
    private CommandOutput Walk(ShellNode node, CommandOutput input)
    {
        switch (node)
        {
            case ErrorNode error:
                _findings.AddMessage(error.Rule, error.Span, $"From here the text is not understood: {error.Message}.");
                return default;
            case ShellList list:
                return WalkList(list, input);
            case Pipeline pipeline:
                foreach (var command in pipeline.Commands)
                {
                    input = Walk(command, input) with { IsPiped = pipeline.Commands.Count > 1 };
                }

                return input;
            case SimpleCommand simple:
                return WalkSimple(simple, input);
            case RedirectedCommand redirected:
                input = WalkRedirections(redirected.Redirections, input, writesNothing: false);
                _ = Walk(redirected.Command, new CommandOutput(IsPiped: input.IsPiped));
                return default;
            case ConditionalCommand conditional:
                WalkConditional(conditional);
                return default;
            case ArithmeticCommand arithmetic:
                WalkPart(arithmetic.Expression);
                _findings.Add("shell.state", arithmetic.Span, "An expression");
                return default;
            case Word word:
                WalkWord(word);
                return default;
            default:
                return WalkCompound(node, input);
        }
    }

    private CommandOutput WalkList(ShellList list, CommandOutput input)
    {
        var output = default(CommandOutput);
        foreach (var item in list.Items)
        {
            output = Walk(item.Command, list.Items.Count == 1 ? input : new CommandOutput(IsPiped: input.IsPiped));
        }

        return list.Items.Count == 1 ? output : default;
    }

    private CommandOutput WalkCompound(ShellNode node, CommandOutput input)
    {
        foreach (var part in Children.Parts(node))
        {
            WalkPart(part);
        }

        var name = node switch
        {
            ForCommand loop => loop.Name,
            SelectCommand menu => menu.Name,
            CoprocessCommand process => process.Name,
            _ => "",
        };
        NoteSteering(name, null, node.Span);

        // What a compound reads is shared by its commands, so none of them knows its own.
        foreach (var child in Children.Of(node))
        {
            _ = Walk(child, new CommandOutput(IsPiped: input.IsPiped));
        }

        return default;
    }

    private void WalkWord(Word word)
    {
        foreach (var part in word.Parts)
        {
            WalkPart(part);
        }
    }

    private void WalkPart(WordPart part)
    {
        foreach (var inner in Children.PartsInside(part))
        {
            WalkPart(inner);
        }

        foreach (var inner in Children.Inside(part))
        {
            var output = Walk(inner, default);
            if (part is SubstitutionPart substitution)
            {
                _expander.Remember(substitution, output);
            }
        }

        switch (part)
        {
            case VariablePart { Operator: ['@', ..] or ['!', ..] } variable:
                WalkTransformation(variable);
                break;
            case VariablePart { Operator: ":=" or "=", Argument: { } otherwise } variable:
                NoteSteering(variable.Name, _expander.Expand(otherwise), variable.Span);
                break;
            case ArithmeticPart arithmetic:
                RequireNumbers(arithmetic);
                break;
        }
    }

    /// <summary><c>${x@P}</c> runs the commands in the value; <c>${!x}</c> evaluates it as a name with a subscript.</summary>
    private void WalkTransformation(VariablePart variable)
    {
        if (variable.Operator[0] == '!' && variable.Operator.Length == 1 && variable.Subscript is not null)
        {
            return;
        }

        if (variable.Operator[0] == '!' || variable.Argument?.Literal is not ("Q" or "U" or "u" or "L"))
        {
            _findings.Add("shell.code", variable.Span, $"`${{{variable.Name}}}` in this form");
        }
    }
}
