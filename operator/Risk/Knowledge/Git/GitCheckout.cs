using System.Buffers;
using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Git;

/// <summary><c>git checkout</c> switches branches, or overwrites files that were changed. Which of the two, its operands say.</summary>
internal sealed class GitCheckout : IProgramCode
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        if (command.IsOn("-b") || command.IsOn("--orphan"))
        {
            return;
        }

        var operands = command.Operands;
        if (command.Parsed.OperandsBeforeDashes is not null || operands.Count > 1 || operands.Any(CouldBeFile))
        {
            command.Add("git.discard");
        }
    }

    // v1.2.3 is a tag; main.tf, a directory's name with a slash behind it, and a dot are files.
    private static bool CouldBeFile(Argument word)
    {
        var text = word.Text;
        var ending = text[(text.LastIndexOf('.') + 1)..];
        return !word.IsLiteral || text is "." or ".." || text.EndsWith('/') || text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith(':')
            || text.StartsWith("../", StringComparison.Ordinal) || text.StartsWith('/')
            || (ending.Length < text.Length && ending.Length is > 0 and < MaximumEnding && char.IsAsciiLetter(ending[0]) && ending.AsSpan().IndexOfAny(Digits) < 0);
    }

    private const int MaximumEnding = 7;
}
