using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Shell;

/// <summary><c>wait</c>: harmless, but <c>-p</c> sets the variable it names, and evaluates a subscript in that name.</summary>
internal sealed class WaitBuiltin : IProgram
{
    private static readonly FlagTable Flags = FlagTable.Of("-f -n -p=");

    /// <inheritdoc/>
    public IEnumerable<string> Names => ["wait"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add("shell.background", call.Span, "`wait`");
        var parser = new FlagParser(Flags, FlagStyle.Posix, call.Findings);
        parser.Parse(call.Arguments);
        foreach (var name in parser.Uses.Where(use => use.Flag.Name == "-p").Select(use => use.Value!))
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
