using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Shell;

/// <summary><c>eval</c>: joins its words and reads them again in this shell.</summary>
internal sealed class EvalBuiltin : IProgram
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => ["eval"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        var words = call.Arguments.Skip(call.Arguments is [{ IsLiteral: true, Text: "--" }, ..] ? 1 : 0).ToList();
        call.Findings.Add("shell.state", call.Span, "`eval`");
        var text = new Argument(
            call.Span, string.Join(' ', words.Select(word => word.Text)), words.Any(word => word.Splits), words.Any(word => word.Globs));
        call.CarryText(text, ShellText.ThisShell);
        return default;
    }
}

/// <summary><c>trap</c>: a text that this shell reads later.</summary>
internal sealed class TrapBuiltin : IProgram
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => ["trap"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        var words = call.Arguments.Skip(call.Arguments is [{ IsLiteral: true, Text: "--" }, ..] ? 1 : 0).ToList();
        call.Findings.Add("shell.state", call.Span, "`trap`");
        if (words is [{ IsLiteral: true, Text: "-" or "" or "-l" or "-p" }, ..] or [])
        {
            return default;
        }

        call.CarryText(words[0], ShellText.ThisShell);
        return default;
    }
}

/// <summary><c>exec</c>, which runs a program in place of the shell or only redirects, and <c>builtin</c>.</summary>
internal sealed class ExecBuiltin : IProgram
{
    private static readonly FlagTable Flags = FlagTable.Of("-a= -c -l");

    /// <inheritdoc/>
    public IEnumerable<string> Names => ["exec", "builtin"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add("shell.state", call.Span, $"`{call.Program}`");
        var parser = new FlagParser(Flags, FlagStyle.Posix, call.Findings);
        parser.Parse(call.Arguments);
        call.Carry(parser.Operands);
        return default;
    }
}
