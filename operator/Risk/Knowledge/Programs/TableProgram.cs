using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>Judges a program by its table alone.</summary>
internal sealed class TableProgram(ProgramSpec program) : IProgram
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => [program.Name];

    /// <summary>Tells verb, flags and operands of <paramref name="call"/> apart.</summary>
    public static TableCommand Parse(ProgramSpec program, Invocation call)
    {
        var (verb, words, ended) = (program.Root, 0, false);
        var parser = new FlagParser(verb.Flags, verb.Style, call.Findings) { FlagsEnd = verb.FlagsEnd };
        parser.Parse(call.Arguments, operand =>
        {
            // A verb may do something itself and have verbs below: `apply` does.
            var next = !ended && operand.IsLiteral ? verb.Child(operand.Text) : null;
            if (next is null)
            {
                ended = true;
                return;
            }

            (verb, words) = (next, words + 1);
            (parser.Flags, parser.Style, parser.FlagsEnd) = (verb.Flags, verb.Style, (long)words + verb.FlagsEnd);
        });
        return new TableCommand(call, verb, parser, [.. parser.Operands.Skip(words)], words);
    }

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        var command = Parse(program, call);
        ApplyFlags(command);
        if (command.Verb.Help.Any(flag => AsksForHelp(command, flag)))
        {
            command.Add("program.help");
            return default;
        }

        return IsKnown(command) ? JudgeUse(command) : default;
    }

    /// <summary>Judges a command whose verb is known and whose flags are judged.</summary>
    public static CommandOutput JudgeUse(TableCommand command)
    {
        ApplyRules(command);
        OperandJudge.Judge(command);
        ApplyInput(command);
        command.Verb.Code?.Judge(command);
        return Output(command);
    }

    /// <summary>Notes what the flags do.</summary>
    public static void ApplyFlags(TableCommand command)
    {
        foreach (var use in command.Uses.Where(use => !use.IsOff))
        {
            TakenWords.Judge(use, command);
            foreach (var effect in use.Flag.Effects)
            {
                effect.Apply(use, command);
            }
        }
    }

    // A flag with a value is another of the same name, such as `--version=2`.
    private static bool AsksForHelp(TableCommand command, string flag) =>
        command.Has(flag) == Truth.Yes && command.Last(flag) is { Flag.Value: FlagValue.None or FlagValue.Optional, Value: null or { Text: "true" } } use
        && (command.Verb.Style.HelpAnywhere || command.Operands.All(operand => operand.Span.Start > use.Word.Span.Start));

    private static bool IsKnown(TableCommand command)
    {
        if (!command.Verb.HasVerbs)
        {
            return true;
        }

        if (command.Operands is not [var first, ..])
        {
            if (!command.Verb.IsUse)
            {
                command.Add("program.help");
            }

            return command.Verb.IsUse;
        }

        if (!first.IsLiteral)
        {
            command.Findings.Add("program.variable-verb", first);
            return false;
        }

        if (!command.Verb.TakesOperands)
        {
            command.Findings.AddMessage("program.unknown-verb", first.Span, $"`{first.Display}` is an unknown verb of {command.Title}.");
        }

        return command.Verb.TakesOperands;
    }

    private static void ApplyRules(TableCommand command)
    {
        if (command.IsDryRun)
        {
            command.Add(command.Verb.DryRun.Rule);
            return;
        }

        foreach (var use in command.Verb.Cases)
        {
            var holds = use.When.Holds(command);
            if (holds != Truth.No)
            {
                Add(command, use.Rules);
            }

            if (holds == Truth.Yes)
            {
                return;
            }
        }

        Add(command, command.Verb.Rules.Count > 0 ? command.Verb.Rules : ["program.unknown-use"]);
    }

    private static void Add(TableCommand command, IReadOnlyList<string> rules)
    {
        foreach (var rule in rules)
        {
            command.Add(rule);
        }
    }

    private static void ApplyInput(TableCommand command)
    {
        foreach (var input in command.Verb.Inputs.Where(input => input.When.Holds(command) != Truth.No))
        {
            if (command.Call.Input.Text is { } text)
            {
                input.Role.Apply(new Argument(command.Call.Span, text), command);
            }
            else if (command.Call.Input.IsPiped)
            {
                command.Findings.Add("program.code", command.Call.Span, $"What {command.Title} reads on standard input");
            }
            else if (input.Missing.Length > 0)
            {
                command.Add(input.Missing);
            }
        }
    }

    private static CommandOutput Output(TableCommand command)
    {
        var input = command.Call.Input;
        return command.Verb.Outputs.FirstOrDefault(output => output.When.Holds(command) == Truth.Yes)?.Kind switch
        {
            "input" => input,
            "lines" => new CommandOutput(IsNames: input.IsNames),
            "names" => new CommandOutput(IsNames: true),
            _ => default,
        };
    }
}
