using System.Buffers;
using System.Text.RegularExpressions;
using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Machine;

/// <summary>The words of ps without a dash: options of BSD and their values, or processes. The option <c>e</c> shows environments.</summary>
internal sealed class PsOptions : IProgramCode
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("aAcefFghHjlLmnrsSTuvwxXZ");

    // Options whose value is the rest of the word, or the next one.
    private static readonly SearchValues<char> Valued = SearchValues.Create("kNoOpqtU");

    // `-auxe` asks for the user `xe`; if there is none, all of it is read as the options of BSD.
    private static readonly Regex ReadAgain = new(@"\A-[a-zA-Z]*u[aAcfFghHjlLmnrsSTuvwxXZ]*e[a-zA-Z]*\z", RegexOptions.NonBacktracking);

    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        foreach (var word in command.Call.Arguments.Where(word => ReadAgain.IsMatch(word.Text)))
        {
            command.Findings.Add("host.environment", word);
        }

        var option = '\0';
        foreach (var word in command.Operands)
        {
            option = option == '\0' ? JudgeWord(word, command) : JudgeValue(word.Text, word, option, command);
        }
    }

    /// <summary>Judges a word of options or processes; the option whose value comes next, or NUL.</summary>
    private static char JudgeWord(Argument word, TableCommand command)
    {
        if (word.IsLiteral && word.Text.Length > 0 && word.Text.All(c => char.IsAsciiDigit(c) || c == ','))
        {
            return '\0';
        }

        var valued = word.Text.AsSpan().IndexOfAny(Valued);
        var options = valued < 0 ? word.Text : word.Text[..valued];
        if (options.Contains('e', StringComparison.Ordinal))
        {
            command.Findings.Add("host.environment", word);
        }
        else if (!word.IsLiteral || options.AsSpan().IndexOfAnyExcept(Letters) >= 0)
        {
            command.Findings.Add("program.unknown-operand", word);
        }

        if (valued < 0)
        {
            return '\0';
        }

        return valued == word.Text.Length - 1 ? word.Text[valued] : JudgeValue(word.Text[(valued + 1)..], word, word.Text[valued], command);
    }

    private static char JudgeValue(string value, Argument word, char option, TableCommand command)
    {
        if (option is 'o' or 'O' && (!word.IsLiteral || value.Contains("env", StringComparison.Ordinal)))
        {
            command.Findings.Add("host.environment", word);
        }

        return '\0';
    }
}
