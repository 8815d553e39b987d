using System.Buffers;

namespace RunbookOperator.Risk.Languages.Sql;

/// <summary>Commands that psql, mysql and sqlite3 read themselves, from their manuals.</summary>
internal static class SqlClientCommands
{
    private static readonly SearchValues<char> EndOfName = SearchValues.Create(" \t\r\n'\"(|");

    /// <summary>Whether the command sends the statement that stands before it, as <c>\g</c> does.</summary>
    public static bool EndsStatement(string command, SqlDialect dialect) =>
        dialect.Client == SqlClient.Psql && NameOf(command) is "g" or "gx" or "gset" or "gexec" or "gdesc" or "watch" or "crosstabview";

    /// <summary>Judges one command.</summary>
    public static void Read(SqlToken token, SqlDialect dialect, CodeFindings findings)
    {
        var name = dialect.Client == SqlClient.Mysql ? token.Text[..Math.Min(1, token.Text.Length)] : NameOf(token.Text);
        var arguments = token.Text[name.Length..].Trim();
        if (dialect.Client == SqlClient.Psql && (arguments.Contains('`') || HasVariable(arguments)))
        {
            // Backticks run a program in the argument of any command.
            findings.Add(arguments.Contains('`') ? "sql.shell" : "sql.variable", token.Span, "\\" + token.Text);
            return;
        }

        switch (dialect.Client, name)
        {
            case (SqlClient.Psql, "copy"):
                ReadCopy(token, arguments, dialect, findings);
                break;
            case (SqlClient.Psql, "o" or "out" or "w" or "write"):
            case (SqlClient.Psql, "g" or "gx") when arguments.Length > 0:
                ReadTarget(token, WithoutOptions(arguments), findings);
                break;
            case (SqlClient.Psql, "c" or "connect"):
                findings.Add(arguments.Length == 0 || IsPlainName(arguments) ? "sql.session" : "sql.remote", token.Span, "\\" + token.Text);
                break;
            case (SqlClient.Psql, "encoding") when arguments.Length > 0 && !arguments.Equals("utf8", StringComparison.OrdinalIgnoreCase):
                findings.Add("sql.setting-unknown", token.Span, "\\" + token.Text);
                break;
            case (SqlClient.Sqlite, "output" or "once" or "log" or "trace"):
                ReadTarget(token, arguments, findings);
                break;
            case (SqlClient.Sqlite, "backup" or "save" or "clone"):
                ReadTarget(token, arguments[(arguments.LastIndexOf(' ') + 1)..], findings);
                break;
            case (SqlClient.Sqlite, "import"):
                ReadImport(token, arguments, findings);
                break;
            default:
                var rule = SqlKnowledge.Of(dialect).Command(name) ?? "sql.client-command";
                var opensNew = dialect.Client == SqlClient.Sqlite && name == "open" && arguments.Contains("-n", StringComparison.Ordinal);
                findings.Add(opensNew ? "sql.truncate" : rule, token.Span, token.Text);
                break;
        }
    }

    private static string NameOf(string command)
    {
        var end = command.AsSpan().IndexOfAny(EndOfName);
        return command is ['!', ..] ? "!" : end < 0 ? command : end == 0 ? command[..1] : command[..end];
    }

    private static bool IsPlainName(string text) => text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static bool HasVariable(string arguments)
    {
        for (var at = arguments.IndexOf(':', StringComparison.Ordinal); at >= 0 && at + 1 < arguments.Length; at = arguments.IndexOf(':', at + 1))
        {
            if (arguments[at + 1] is '\'' or '"' or '{' or '_' || char.IsAsciiLetter(arguments[at + 1]))
            {
                return true;
            }
        }

        return false;
    }

    // `\g (format=csv) file`.
    private static string WithoutOptions(string arguments)
    {
        var close = arguments is ['(', ..] ? arguments.IndexOf(')', StringComparison.Ordinal) : -1;
        return arguments[(close + 1)..].Trim();
    }

    private static void ReadTarget(SqlToken token, string target, CodeFindings findings)
    {
        if (target.Length == 0 || target is "stdout" or "off")
        {
            findings.Add("sql.read", token.Span, token.Text);
        }
        else if (target[0] is '|' or '-' || target.AsSpan(1).Contains('|'))
        {
            findings.Add("sql.shell", token.Span, token.Text);
        }
        else
        {
            findings.Writes(token.Span, Unquote(target));
        }
    }

    private static void ReadImport(SqlToken token, string arguments, CodeFindings findings)
    {
        findings.Add(arguments.Contains('|') ? "sql.shell" : "sql.insert", token.Span, token.Text);
        foreach (var word in arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] != '-').Take(1))
        {
            findings.Reads(token.Span, Unquote(word));
        }
    }

    /// <summary><c>\copy { table | (query) } { from | to } { file | program command | stdin | stdout }</c>: the file is on this machine.</summary>
    private static void ReadCopy(SqlToken token, string arguments, SqlDialect dialect, CodeFindings findings)
    {
        var tokens = SqlTokenizer.Read(arguments, dialect).Tokens;
        var depth = 0;
        var word = tokens.FirstOrDefault(one =>
        {
            depth += one.IsSymbol('(') ? 1 : one.IsSymbol(')') ? -1 : 0;
            return depth == 0 && (one.Is("to") || one.Is("from"));
        });
        if (word.Text is null)
        {
            findings.Add("sql.unreadable", token.Span, token.Text);
            return;
        }

        var target = arguments[word.Span.End..].Trim();
        var name = target is ['\'', ..] ? target[..(target.IndexOf('\'', 1) + 1)] : target.Split([' ', '\t', ';'], 2)[0];
        if (name.Equals("program", StringComparison.OrdinalIgnoreCase) || name.Length == 0)
        {
            findings.Add("sql.shell", token.Span, token.Text);
            return;
        }

        var plain = name.ToLowerInvariant();
        ReadCopied(token, word, arguments, dialect, findings);
        if (word.Is("from"))
        {
            findings.Add("sql.insert", token.Span, token.Text);
        }

        if (plain is not ("stdout" or "pstdout" or "stdin" or "pstdin"))
        {
            var add = word.Is("to") ? (Action<TextSpan, string>)findings.Writes : findings.Reads;
            add(token.Span, Unquote(name));
        }
    }

    // What is copied is a statement of its own to the server.
    private static void ReadCopied(SqlToken token, SqlToken word, string arguments, SqlDialect dialect, CodeFindings findings)
    {
        var copied = $"copy {arguments[..word.Span.Start]} {(word.Is("to") ? "to stdout" : "from stdin")}";
        foreach (var finding in SqlReader.Read(copied, dialect))
        {
            findings.Add(finding.Rule, token.Span, finding.Subject.Trim('`'));
        }
    }

    private static string Unquote(string text) => text.Trim('\'', '"');
}
