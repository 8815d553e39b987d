using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Machine;

/// <summary>tar: its first word holds options without a dash, whose values are the next words in their order.</summary>
internal sealed class TarCommand : IProgramCode
{
    private const string Modes = "Acdrtux";

    // Letters of the first word that take the next word; others that run programs or write elsewhere are left out, and so unknown.
    private const string Valued = "fbC";
    private const string Plain = "vzjJZapkmhoSwWUil";

    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        var modes = command.Uses.Where(use => use.Flag.Name is "--create" or "--append" or "--update" or "--concatenate" or "--extract" or "--get" or "--list" or "--diff" or "--compare")
            .Select(use => use.Flag.Name).ToHashSet(StringComparer.Ordinal);
        var (file, directory, operands) = (command.Value("--file"), command.Value("--directory"), command.Operands.ToList());
        if (command.Call.Arguments is [{ Text: not ['-', ..] } first, ..] && operands.Count > 0)
        {
            operands.RemoveAt(0);
            modes.Add(ReadFirst(first, command, operands, ref file, ref directory));
        }

        // Several directories: which names stand below which is not followed.
        if (modes.Count != 1 || command.Values("--directory").Skip(1).Any())
        {
            command.Add("program.unknown-use");
            return;
        }

        JudgeMode(modes.Single(), file, directory, operands, command);
    }

    private static string ReadFirst(Argument first, TableCommand command, List<Argument> operands, ref Argument? file, ref Argument? directory)
    {
        var mode = "";
        foreach (var letter in first.Text)
        {
            if (Valued.Contains(letter, StringComparison.Ordinal) && operands.Count > 0)
            {
                file = letter == 'f' ? operands[0] : file;
                directory = letter == 'C' ? operands[0] : directory;
                operands.RemoveAt(0);
            }
            else if (Modes.Contains(letter, StringComparison.Ordinal) && mode.Length == 0)
            {
                mode = letter switch { 't' => "--list", 'x' => "--extract", 'd' => "--diff", _ => "--create" };
            }
            else if (letter != 'O' && !Plain.Contains(letter, StringComparison.Ordinal))
            {
                command.Findings.Add("program.unknown-flag", first);
            }
        }

        if (!first.IsLiteral || mode.Length == 0)
        {
            command.Findings.Add("program.unknown-use", first);
        }

        return mode;
    }

    private static void JudgeMode(string mode, Argument? file, Argument? directory, List<Argument> operands, TableCommand command)
    {
        if (file is not null && file.Text.Contains(':', StringComparison.Ordinal) && !command.IsOn("--force-local"))
        {
            // The archive is on another machine, which is asked with rsh.
            command.Findings.Add("program.runs", file);
        }

        if (mode is "--list" or "--diff" or "--compare")
        {
            command.Add("archive.read");
            return;
        }

        command.Add("archive.write");
        if (mode is "--extract" or "--get")
        {
            if (directory is not null)
            {
                Files.Write(directory, command.Findings);
                Files.Keep(directory, command.Findings);
            }

            return;
        }

        if (file is not null && file.Text != "-")
        {
            Files.Write(file, command.Findings);
        }

        foreach (var operand in operands)
        {
            // Where `-C` leads is put before the names.
            var path = directory is null || operand.Text.StartsWith('/') ? operand : operand with { Text = directory.Text + "/" + operand.Text };
            Files.Read(path, command.Findings, recursive: true);
        }
    }
}
