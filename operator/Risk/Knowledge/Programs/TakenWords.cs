namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>
/// A second look at words that short flags take as their values. Where a version, or a program that shares the table, takes no value there, the word is a
/// file that is read, or a flag.
/// </summary>
internal static class TakenWords
{
    /// <summary>Judges the value of a flag without effects, where it is a word of its own.</summary>
    public static void Judge(FlagUse use, TableCommand command)
    {
        if (use is not { Flag: { Value: FlagValue.Required, Effects.Count: 0 }, Value: { } value } || value.Span == use.Word.Span || use.Word.Text is not ['-', not '-', ..]
            || !command.Verb.Style.Prefixes || IsPattern(use.Flag.Name))
        {
            return;
        }

        if (value.Text is ['-', '-', _, ..])
        {
            command.Findings.AddMessage("program.unknown-flag", value.Span, $"`{value.Display}` could be a flag.");
        }
        else if (value.Text.StartsWith('/') && command.Verb.Operands.Any(operand => operand.Role.Name == "read"))
        {
            Files.Read(value, command.Findings);
        }
    }

    // What is looked for often begins with dashes or a slash.
    private static bool IsPattern(string flag) => flag is "--regexp" or "-e" or "--expression" or "--field-separator" or "--delimiter";
}
