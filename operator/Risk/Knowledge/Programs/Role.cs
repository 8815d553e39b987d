using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge.TextTools;

namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>What a word is: a path that is read, a command, text of a language. The list of them is in <c>docs/development/risk-knowledge.md</c>.</summary>
internal sealed record Role(string Name, Action<Argument, TableCommand> Apply)
{
    /// <summary>Whether it takes all operands from its place on.</summary>
    public bool TakesRest { get; private init; }

    /// <summary>Whether it means something for a flag without a value.</summary>
    public bool NeedsNoValue { get; private init; }

    private static readonly Dictionary<string, Role> Known = new Role[]
    {
        new("any", static (_, _) => { }),
        new("read", static (path, command) => command.Read(path)),
        new("tree", static (_, command) => command.IsRecursive = true) { NeedsNoValue = true },
        new("write", static (path, command) => Unless(path, "-", () => Files.Write(path, command.Findings))),
        new("program", static (word, command) => command.Findings.Add("program.runs", word)),
        new("code", static (word, command) => command.Findings.Add("program.code", word)),
        new("secret", static (word, command) => command.Findings.Add("program.secret", word.Span, command.Title)),
        new("command", static (word, command) => command.Call.Carry([word])) { TakesRest = true },
        new("env-command", static (word, command) => command.Call.Carry([word])) { TakesRest = true },
        new("shell", static (text, command) => command.Call.CarryText(text, ShellText.AnotherShell)),
        new("shell-words", static (text, command) => command.Call.CarryText(text, ShellText.AnotherShell)) { TakesRest = true },
        new("environment", Environment),
        new("assignment", Assignment),
        new("literal", static (word, command) => Require(word.IsLiteral, word, command)),
        new("number", static (word, command) => Require(IsNumber(word), word, command)),
        new("host", static (word, command) => Hosts.JudgeHost(word, command.Findings)),
        new("url", static (word, command) => Hosts.JudgeUrl(word, command.Findings)),
        new("awk", static (text, command) => Code(text, command, AwkProgram.Problem)),
        new("jq", static (text, command) => Code(text, command, JqProgram.Problem)),
    }.ToDictionary(role => role.Name, StringComparer.Ordinal);

    /// <summary>The role a table names; null if there is none.</summary>
    public static Role? Named(string name) => Known.GetValueOrDefault(name);

    /// <summary>The names of all roles.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    private static void Unless(Argument word, string text, Action action)
    {
        if (word.Text != text)
        {
            action();
        }
    }

    private static void Require(bool holds, Argument word, TableCommand command)
    {
        if (!holds)
        {
            command.Findings.Add("program.unknown-operand", word);
        }
    }

    private static bool IsNumber(Argument word) =>
        !word.Splits && !word.Globs && !word.HasOpaque && word.Text.Length > 0 && word.Text.All(c => char.IsAsciiDigit(c) || c is '-' or '+' or '.' or Argument.Bounded);

    /// <summary>Judges <c>NAME=value</c> for the environment of a program, as env and docker take it.</summary>
    public static void Environment(Argument word, TableCommand command)
    {
        var equals = word.Text.IndexOf('=', StringComparison.Ordinal);
        var name = word with { Text = equals < 0 ? word.Text : word.Text[..equals] };
        if (!name.IsLiteral || EnvironmentRules.Steers(name.Text, equals < 0 ? null : word.From(equals + 1)))
        {
            command.Findings.Add("shell.environment", word.Span, $"`{name.Display}`");
        }
    }

    /// <summary><c>name=value</c> for a program's own variables: the name must be there.</summary>
    private static void Assignment(Argument word, TableCommand command)
    {
        var equals = word.Text.IndexOf('=', StringComparison.Ordinal);
        if (word.HasMarker && (equals < 0 || (word with { Text = word.Text[..equals] }).HasMarker))
        {
            command.Findings.Add("program.code", word);
        }
    }

    private static void Code(Argument text, TableCommand command, Func<string, string?> problem)
    {
        if ((text.IsLiteral ? problem(text.Text) : "is not plain text") is { } reason)
        {
            command.Findings.AddMessage("program.code", text.Span, $"The program of `{command.Call.Program}` {reason}.");
        }
    }
}
