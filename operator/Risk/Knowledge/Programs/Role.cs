using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge.Git;
using RunbookOperator.Risk.Knowledge.TextTools;
using RunbookOperator.Risk.Languages;
using RunbookOperator.Risk.Languages.Mongo;
using RunbookOperator.Risk.Languages.Redis;
using RunbookOperator.Risk.Languages.Sql;

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
        new("keep", static (path, command) => Files.Keep(path, command.Findings)),
        new("guard", static (path, command) => Files.Keep(path, command.Findings, guards: true)),
        new("program", static (word, command) => command.Findings.Add("program.runs", word)),
        new("code", static (word, command) => command.Findings.Add("program.code", word)),
        new("secret", static (word, command) => command.Findings.Add("program.secret", word.Span, command.Title)),
        new("command", static (word, command) => command.Call.Carry([word])) { TakesRest = true },
        new("env-command", static (word, command) => command.Call.Carry([word])) { TakesRest = true },
        new("shell", static (text, command) => command.Call.CarryText(text, ShellText.AnotherShell)),
        new("shell-words", static (text, command) => command.Call.CarryText(text, ShellText.AnotherShell)) { TakesRest = true },
        new("environment", Environment),
        new("assignment", Assignment),
        new("name", static (word, command) => Require(word.Text != "-", word, command)),
        new("no-text", NoText),
        new("literal", static (word, command) => Require(word.IsLiteral, word, command)),
        new("number", static (word, command) => Require(IsNumber(word), word, command)),
        new("host", static (word, command) => Hosts.JudgeHost(word, command.Findings)),
        new("copy-from", static (path, command) => UnlessObject(path, () => command.Read(path))),
        new("copy-to", static (path, command) => UnlessObject(path, () => Unless(path, "-", () => Files.Write(path, command.Findings)))),
        new("aws-value", AwsValue),
        new("git-remote", static (word, command) => GitRemotes.Judge(word, command.Findings)),
        new("git-object", GitObject),
        new("url", static (word, command) => Hosts.JudgeUrl(word, command.Findings)),
        new("awk", static (text, command) => Code(text, command, AwkProgram.Problem)),
        new("postgresql", static (text, command) => Sql(text, command, SqlDialect.PostgreSql)),
        new("mysql", static (text, command) => Sql(text, command, SqlDialect.MySql)),
        new("sqlite", static (text, command) => Sql(text, command, SqlDialect.Sqlite)),
        new("clickhouse", static (text, command) => Sql(text, command, SqlDialect.ClickHouse)),
        new("cql", static (text, command) => Sql(text, command, SqlDialect.Cql)),
        new("mongo", static (text, command) => CodeReport.Judge(text, MongoReader.Read, command.Findings)),
        new("redis", static (text, command) => CodeReport.Judge(text, RedisReader.ReadLines, command.Findings)),
        new("database", static (name, command) => Hosts.JudgeDatabase(name, command.Findings)),
        new("password", static (word, command) => Password(word, command)),
        new("output", static (word, command) => Output(word, command)),
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

    // The AWS CLI takes the text of a file for a value, and sends it.
    private static void AwsValue(Argument value, TableCommand command)
    {
        if (value.Text.StartsWith("file", StringComparison.Ordinal) && value.Text.IndexOf("://", StringComparison.Ordinal) is > 0 and var colon)
        {
            command.Read(value.From(colon + "://".Length));
        }
    }

    // `REVISION:path` is a file as it was; `:path` one of the index.
    private static void GitObject(Argument word, TableCommand command)
    {
        if (word.Text is not ([':', '/', ..] or ['^', ..]) && word.Text.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon)
        {
            var findings = new Findings();
            Files.Read(word.From(colon + 1), findings);
            if (findings.Level == RiskLevel.Dangerous)
            {
                command.Findings.Include(findings, word.Span, movesToo: false);
            }
        }
    }

    // Whose text begins so is surely no path of this machine, whatever a value behind it holds.
    private static void UnlessObject(Argument path, Action action)
    {
        if (path.Splits || !(path.Text.StartsWith("s3://", StringComparison.Ordinal) || path.Text.StartsWith("gs://", StringComparison.Ordinal)))
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

    // A service does nothing with an empty line, and its client ends with one of these words.
    private static void NoText(Argument text, TableCommand command)
    {
        if (!text.IsLiteral || text.Text.Trim().ToUpperInvariant() is not ("" or "Q" or "QUIT" or "EXIT"))
        {
            command.Findings.Add("network.send", text.Span, command.Title);
        }
    }

    private static bool IsNumber(Argument word) =>
        !word.Splits && !word.Globs && !word.HasOpaque && word.Text.Length > 0 && word.Text.All(c => char.IsAsciiDigit(c) || c is '-' or '+' or '.' or Argument.Bounded);

    /// <summary>Judges <c>NAME=value</c> for the environment of a program, as env and docker take it.</summary>
    public static void Environment(Argument word, TableCommand command)
    {
        var equals = word.Text.IndexOf('=', StringComparison.Ordinal);
        var name = word with { Text = equals < 0 ? word.Text : word.Text[..equals] };
        var value = equals < 0 ? null : word.From(equals + 1);
        if (EnvironmentRules.ShowsPassword(name.Text, value))
        {
            command.Findings.Add("program.secret", word.Span, $"`{name.Text}`");
        }

        if (!name.IsLiteral || EnvironmentRules.Steers(name.Text, value))
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

    private static void Sql(Argument text, TableCommand command, SqlDialect dialect) =>
        CodeReport.Judge(text, one => SqlReader.Read(one, dialect), command.Findings);

    // A value from a variable is not shown by the command.
    private static void Password(Argument word, TableCommand command)
    {
        if (word.IsLiteral && word.Text.Length > 0)
        {
            command.Findings.Add("program.secret", word.Span, command.Title);
        }
    }

    /// <summary>A file that is written, or a program behind <c>|</c>.</summary>
    private static void Output(Argument word, TableCommand command)
    {
        if (word.Text.TrimStart() is ['|', ..] || word.HasOpaque)
        {
            command.Findings.Add("program.runs", word);
        }
        else
        {
            Unless(word, "-", () => Files.Write(word, command.Findings));
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
