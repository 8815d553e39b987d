using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Shell;

/// <summary><c>hash</c>: harmless, but <c>-p</c> says which file a name runs from now on.</summary>
internal sealed class HashBuiltin : IProgram
{
    private static readonly FlagTable Flags = FlagTable.Of("-d -l -p= -r -t");

    /// <inheritdoc/>
    public IEnumerable<string> Names => ["hash"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add("shell.state", call.Span, "`hash`");
        var parser = new FlagParser(Flags, FlagStyle.Posix, call.Findings);
        parser.Parse(call.Arguments);
        if (parser.Last("-p") is { } use)
        {
            call.Findings.Add("shell.builtin", use.Word);
        }

        return default;
    }
}
