using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Shell;

/// <summary><c>cd</c> and its like: harmless alone, but they decide what relative paths lead to.</summary>
internal sealed class DirectoryBuiltin : IProgram
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => ["cd", "pushd", "popd"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        call.Findings.Add("shell.state", call.Span, $"`{call.Program}`");
        if (call.Arguments is not [var target] || !Files.IsTemporary(target))
        {
            call.Findings.Moves();
        }

        return default;
    }
}
