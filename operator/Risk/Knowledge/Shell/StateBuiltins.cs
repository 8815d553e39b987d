using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Shell;

/// <summary><c>test</c> and <c>[</c>.</summary>
internal sealed class TestBuiltin : IProgram
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => ["test", "["];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add("shell.state", call.Span, $"`{call.Program}`");
        for (var index = 0; index < call.Arguments.Count; index++)
        {
            // These evaluate a subscript in the name that follows. What is not known could be one of them.
            var argument = call.Arguments[index];
            var next = index + 1 < call.Arguments.Count ? call.Arguments[index + 1] : null;
            if (argument.Text is "-v" or "-R" && next is not null && !(next.IsLiteral && ShellNames.IsName(next.Text)))
            {
                call.Findings.Add("shell.code", next);
            }

            if (argument.Splits && argument.HasOpaque)
            {
                call.Findings.Add("shell.unquoted", argument);
            }
        }

        return default;
    }
}

/// <summary><c>export</c> and its like; the assignments behind them are judged as assignments.</summary>
internal sealed class DeclareBuiltin : IProgram
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => ["export", "declare", "typeset", "local", "readonly", "unset"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add("shell.state", call.Span, $"`{call.Program}`");
        foreach (var argument in call.Arguments)
        {
            if (!argument.IsLiteral || !IsHarmless(call.Program, argument.Text))
            {
                call.Findings.Add("shell.builtin", argument);
            }
            else if (EnvironmentRules.Steers(argument.Text, null))
            {
                call.Findings.Add("shell.environment", argument);
            }
        }

        // Options alone choose which variables are listed with their values.
        if (!call.DeclaresOnly && call.Program != "unset" && call.Arguments.All(argument => argument.Text.StartsWith('-')))
        {
            call.Findings.Add("file.secret", call.Span, "The environment");
        }

        return default;
    }

    // Integer and reference attributes make later assignments run code; functions must not be changed behind the reader's back.
    private static bool IsHarmless(string program, string text) =>
        ShellNames.IsName(text) || text == "--" || (program, text) is ("declare" or "typeset" or "local" or "readonly", "-a" or "-A" or "-r" or "-x" or "-g" or "-rx" or "-xr") or ("unset", "-v");
}

/// <summary><c>read</c>.</summary>
internal sealed class ReadBuiltin : IProgram
{
    private static readonly FlagTable Flags = FlagTable.Of("-a= -d= -e -i= -n= -N= -p= -r -s -t= -u=");

    /// <inheritdoc/>
    public IEnumerable<string> Names => ["read"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add("shell.state", call.Span, "`read`");
        var parser = new FlagParser(Flags, FlagStyle.Posix, call.Findings);
        parser.Parse(call.Arguments);
        foreach (var name in parser.Operands.Concat(parser.Uses.Where(use => use.Flag.Name == "-a").Select(use => use.Value!)))
        {
            if (!name.IsLiteral || !ShellNames.IsName(name.Text))
            {
                call.Findings.Add("shell.code", name);
            }
            else if (EnvironmentRules.Steers(name.Text, null))
            {
                call.Findings.Add("shell.environment", name);
            }
        }

        return default;
    }
}

/// <summary><c>set</c> and <c>shopt</c>.</summary>
internal sealed class SetBuiltin : IProgram
{
    private static readonly string[] Options =
        ["errexit", "nounset", "pipefail", "xtrace", "noglob", "noclobber", "verbose", "posix", "physical", "errtrace", "inherit_errexit", "nullglob", "failglob", "globstar", "dotglob", "nocaseglob"];

    /// <inheritdoc/>
    public IEnumerable<string> Names => ["set", "shopt"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add("shell.state", call.Span, $"`{call.Program}`");
        if (call.Program == "set" && call.Arguments.Count == 0)
        {
            call.Findings.Add("file.secret", call.Span, "The list of all variables");
        }

        foreach (var argument in call.Arguments)
        {
            if (argument is { IsLiteral: true, Text: "--" } && call.Program == "set")
            {
                break;
            }

            if (!argument.IsLiteral || !IsHarmless(argument.Text))
            {
                call.Findings.Add("shell.builtin", argument);
            }
        }

        return default;
    }

    private static bool IsHarmless(string text) =>
        text.Length > 1 && text[0] is '-' or '+' && text.Skip(1).All("euxofCEvPsq".Contains) || Options.Contains(text);
}

/// <summary><c>command</c>: runs a program past functions of its name, or says what it is.</summary>
internal sealed class CommandBuiltin : IProgram
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => ["command", "type"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add("shell.state", call.Span, $"`{call.Program}`");
        var describes = call.Program == "type" || call.Arguments is [{ Text: "-v" or "-V", IsLiteral: true }, ..];
        if (!describes)
        {
            call.Carry(call.Arguments is [{ Text: "--", IsLiteral: true }, ..] ? [.. call.Arguments.Skip(1)] : call.Arguments);
        }

        return default;
    }
}
