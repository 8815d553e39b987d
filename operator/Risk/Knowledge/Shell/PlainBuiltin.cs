using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Shell;

/// <summary>Builtins that are harmless whatever their arguments.</summary>
internal sealed class PlainBuiltin(string rule, params string[] names) : IProgram
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => names;

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add(rule, call.Span, $"`{call.Program}`");
        return default;
    }
}

/// <summary>Builtins that run text, or change what later words mean, in ways that a reader of the command does not see.</summary>
internal sealed class OpaqueBuiltin : IProgram
{
    /// <inheritdoc/>
    public IEnumerable<string> Names =>
        ["source", ".", "alias", "unalias", "enable", "complete", "compgen", "bind", "mapfile", "readarray", "let", "coproc", "fc", "history", "caller", "getopts", "suspend", "logout", "disown", "bg", "fg", "jobs"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        if (call.Program == "jobs" && call.Arguments.All(argument => argument.IsLiteral && argument.Text is "-l" or "-p" or "-r" or "-s"))
        {
            call.Findings.Add("shell.state", call.Span, "`jobs`");
        }
        else
        {
            call.Findings.Add("shell.builtin", call.Span, $"`{call.Program}`");
        }

        return default;
    }
}

/// <summary><c>echo</c> and <c>printf</c>.</summary>
internal sealed class PrintBuiltin : IProgram
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => ["echo", "printf"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add("shell.print", call.Span, $"`{call.Program}`");
        // `printf -v` assigns, and evaluates a subscript in the name.
        if (call.Program == "printf" && call.Arguments is [var first, ..]
            && (first.CouldBeFlag || (first.Text.StartsWith("-v", StringComparison.Ordinal) && !AssignsToName(call.Arguments))))
        {
            call.Findings.Add("shell.code", first);
        }
        else if (call.Program == "printf" && call.Arguments is [{ Text: "-v" }, var name, ..] && EnvironmentRules.Steers(name.Text, null))
        {
            call.Findings.Add("shell.environment", name);
        }

        var plain = call.Program == "echo" && !call.Arguments.Any(argument => argument.Text.StartsWith('-') || argument.Splits || argument.Globs);
        return plain ? new CommandOutput(string.Join(' ', call.Arguments.Select(argument => argument.Text))) : default;
    }

    private static bool AssignsToName(IReadOnlyList<Argument> arguments) =>
        arguments is [{ Text: "-v", IsLiteral: true }, { IsLiteral: true } name, ..] && ShellNames.IsName(name.Text);
}
