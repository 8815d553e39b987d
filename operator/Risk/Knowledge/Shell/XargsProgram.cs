using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Shell;

/// <summary><c>xargs</c>: runs a command with words that it reads, which are known only where the text before the pipe shows them.</summary>
internal sealed class XargsProgram : IProgram
{
    private static readonly FlagTable Flags = FlagTable.Of(
        "-0/--null -a/--arg-file= -d/--delimiter= -E= -e? --eof? -I= -i? --replace? -L= -l? --max-lines? -n/--max-args= -o/--open-tty -P/--max-procs= -p/--interactive "
        + "--process-slot-var= -r/--no-run-if-empty -s/--max-chars= --show-limits -t/--verbose -x/--exit --help --version");

    private static readonly string[] Divides = ["--null", "--delimiter", "-E", "-e", "--eof", "-L", "-l", "--max-lines", "--max-args", "--max-chars"];

    /// <inheritdoc/>
    public IEnumerable<string> Names => ["xargs"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add("wrapper.runs", call.Span, "`xargs`");
        var parser = new FlagParser(Flags, FlagStyle.Posix, call.Findings);
        parser.Parse(call.Arguments);
        if (parser.Last("--arg-file")?.Value is { } file)
        {
            Files.Read(file, call.Findings);
        }

        if (parser.Last("--process-slot-var") is { } variable)
        {
            call.Findings.Add("shell.environment", variable.Word);
        }

        if (parser.Operands.Count > 0)
        {
            var replaced = parser.Last("-I")?.Value ?? (parser.Last("-i") ?? parser.Last("--replace")) switch
            {
                null => null,
                { Value: null } use => use.Word with { Text = "{}" },
                { Value: var value } => value,
            };
            call.Carry(Words(parser.Operands, replaced, InputOf(parser, call.Input), call.Span));
        }

        return default;
    }

    /// <summary>
    /// What is known of the words it adds. With a file of its own, what is piped in is something else; where words end in another way, are left out or are
    /// dealt out to several commands, none of these holds all the words that are shown, a <c>--dry-run</c> among them.
    /// </summary>
    private static CommandOutput InputOf(FlagParser parser, CommandOutput input) =>
        parser.Last("--arg-file") is not null ? default
        : Array.Exists(Divides, flag => parser.Last(flag) is not null) ? input with { Text = null }
        : input;

    private static List<Argument> Words(List<Argument> operands, Argument? replaced, CommandOutput input, TextSpan span)
    {
        if (replaced is null)
        {
            return [.. operands, .. Appended(input, span)];
        }

        // A line takes the place of the mark, as a whole and as a part of words. It can hold anything, blanks included, but stays in its word.
        var value = (input.IsNames ? Argument.Bounded : Argument.Opaque).ToString();
        return replaced is { IsLiteral: true, Text.Length: > 0 }
            ? [.. operands.Select(operand => operand with { Text = operand.Text.Replace(replaced.Text, value, StringComparison.Ordinal) })]
            : [.. operands.Select(operand => operand with { Text = value })];
    }

    private static IEnumerable<Argument> Appended(CommandOutput input, TextSpan span)
    {
        if (input.IsNames)
        {
            return [new Argument(span, Argument.Names.ToString(), Splits: true)];
        }

        // Without quotes and backslashes its words are what blanks and line ends divide.
        return input.Text is { } text && text.AsSpan().IndexOfAny("'\"\\") < 0 && !text.Contains(Argument.Opaque)
            ? text.Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => new Argument(span, word))
            : [new Argument(span, Argument.Opaque.ToString(), Splits: true)];
    }
}
