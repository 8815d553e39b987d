using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.TextTools;

/// <summary>Judges a program of <see cref="TextToolTable"/>.</summary>
internal sealed class TextTool(TextToolTable table) : IProgram
{
    private readonly FlagTable _flags = new(null, [table.Flags]);

    /// <inheritdoc/>
    public IEnumerable<string> Names => [table.Name, .. table.Also];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        var parser = new FlagParser(_flags, table.Style, call.Findings);
        parser.Parse(call.Arguments);
        call.Findings.Add("text.read", call.Span, $"`{call.Program}`");
        foreach (var use in parser.Uses)
        {
            JudgeFlag(use, call);
        }

        var first = parser.Uses.Any(use => table.Unless.Contains(use.Flag.Name)) ? 0 : table.Paths;
        var recursive = parser.Uses.Any(IsRecursive);
        for (var index = 0; index < parser.Operands.Count; index++)
        {
            JudgeOperand(parser.Operands[index], index, first, recursive, call);
        }

        if (recursive && parser.Operands.Count <= first)
        {
            Files.Read(new Argument(call.Span, "."), call.Findings, recursive);
        }

        return Output(call, parser);
    }

    // `--directories=recurse`, or a value that could be it.
    private bool IsRecursive(FlagUse use) =>
        table.Recursive.Contains(use.Flag.Name) || (use.Flag.Name == "--directories" && use.Value is not { IsLiteral: true, Text: "read" or "skip" });

    private void JudgeFlag(FlagUse use, Invocation call)
    {
        if (table.Runs.Contains(use.Flag.Name))
        {
            call.Findings.Add("program.runs", use.Word.Span, $"`{use.Flag.Name}`");
        }
        else if (use.Value is { } value && table.Reads.Contains(use.Flag.Name))
        {
            Files.Read(value, call.Findings);
        }
        else if (use.Value is { } target && table.Writes.Contains(use.Flag.Name))
        {
            Files.Write(target, call.Findings);
        }
        else if (use is { Flag.Name: "--assign", Value: { } assignment } && assignment.HasMarker && assignment.Text.IndexOf('=', StringComparison.Ordinal) < 0)
        {
            call.Findings.Add("program.code", assignment);
        }
    }

    private void JudgeOperand(Argument operand, int index, int first, bool recursive, Invocation call)
    {
        if (index == 0 && table.Code.Length > 0)
        {
            var reason = operand.IsLiteral ? (table.Code == "awk" ? AwkProgram.Problem(operand.Text) : JqProgram.Problem(operand.Text)) : "is not plain text";
            if (reason is not null)
            {
                call.Findings.AddMessage("program.code", operand.Span, $"The program of `{call.Program}` {reason}.");
            }
        }
        else if (index == table.WritesOperand)
        {
            Files.Write(operand, call.Findings);
        }
        else if (index >= first && operand.Text != "-")
        {
            Files.Read(operand, call.Findings, recursive);
        }
    }

    /// <summary>Whole lines of names are names still; a <c>cat</c> of nothing prints what it reads.</summary>
    private CommandOutput Output(Invocation call, FlagParser parser) => table.Name switch
    {
        "cat" when parser.Uses.Count == 0 && parser.Operands.Count == 0 => call.Input,
        "head" or "tail" when parser.Operands.Count == 0 && parser.Uses.All(use => use.Flag.Name == "--lines" || char.IsAsciiDigit(use.Flag.Short)) => new(IsNames: call.Input.IsNames),
        "grep" when parser.Operands.Count == 1 && parser.Uses.All(use => use.Flag.Name is "--invert-match" or "--extended-regexp" or "--ignore-case") => new(IsNames: call.Input.IsNames),
        "sort" when parser.Operands.Count == 0 && parser.Uses.All(use => use.Flag.Name is "--reverse" or "--unique") => new(IsNames: call.Input.IsNames),
        _ => default,
    };
}
