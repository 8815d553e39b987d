namespace RunbookOperator.Risk.Languages.Sql;

internal sealed partial class SqlReader
{
    private const string UnknownSetting = "sql.setting-unknown";

    private void ReadSet(ReadOnlySpan<SqlToken> tokens)
    {
        if (_dialect == SqlDialect.MySql)
        {
            ReadMysqlSet(tokens);
        }
        else
        {
            ReadPostgresSet(tokens);
        }

        Scan(tokens[1..]);
    }

    private void ReadPostgresSet(ReadOnlySpan<SqlToken> tokens)
    {
        var at = 1;
        if (tokens.Length > 2 && (tokens[1].Is("session") || tokens[1].Is("local")) && !tokens[2].IsSymbol('='))
        {
            at = 2;
        }

        var name = at < tokens.Length ? tokens[at].Text.ToLowerInvariant() : "";
        switch (name)
        {
            case "transaction" or "characteristics" or "constraints":
                Add("sql.transaction", tokens);
                break;
            case "role" or "authorization":
                Add("sql.role", tokens);
                break;
            case "time" when at + 1 < tokens.Length && tokens[at + 1].Is("zone"):
                Add("sql.session", tokens);
                break;
            case "search_path" when Has(tokens, "pg_catalog") || tokens[^1].Text.Contains("pg_catalog", StringComparison.OrdinalIgnoreCase):
                // Named here, the system's own functions no longer come first.
                Add(UnknownSetting, tokens);
                break;
            case "client_encoding" or "names":
                Add(tokens[^1].Text.ToLowerInvariant() is "utf8" or "utf-8" or "sql_ascii" or "unicode" ? "sql.session" : UnknownSetting, tokens);
                break;
            default:
                Add(_knowledge.Lists("session", name) ? "sql.session" : UnknownSetting, tokens);
                break;
        }
    }

    private void ReadMysqlSet(ReadOnlySpan<SqlToken> tokens)
    {
        if (tokens.Length > 1 && tokens[1].Text is "names" or "character" or "charset")
        {
            // Other character sets hide quotes inside characters.
            Add(tokens[^1].Text.ToLowerInvariant() is "utf8" or "utf8mb4" or "utf8mb3" or "ascii" ? "sql.session" : UnknownSetting, tokens);
            return;
        }

        if (Has(tokens, "transaction") && !Has(tokens, "global"))
        {
            Add("sql.transaction", tokens);
            return;
        }

        if (tokens.Length > 1 && tokens[1].Is("role"))
        {
            Add("sql.role", tokens);
            return;
        }

        var list = Has(tokens, "global") || Has(tokens, "persist") || Has(tokens, "persist_only") ? "server" : "session";
        for (var at = 1; at < tokens.Length; at++)
        {
            var next = IndexOfSymbol(tokens, ',', at);
            JudgeMysqlSetting(tokens[at..next], list);
            at = next;
        }
    }

    private void JudgeMysqlSetting(ReadOnlySpan<SqlToken> assignment, string list)
    {
        var at = 0;
        var isUser = false;
        while (at < assignment.Length && (assignment[at].IsSymbol('@') || assignment[at].IsSymbol('.') || assignment[at].Text is "global" or "session" or "local" or "persist"
            or "persist_only"))
        {
            isUser = assignment[at].IsSymbol('@') && !(at > 0 && assignment[at - 1].IsSymbol('@'));
            at++;
        }

        var isSystem = at > 1 && assignment[0].IsSymbol('@') && assignment[1].IsSymbol('@');
        var name = at < assignment.Length ? assignment[at].Text.ToLowerInvariant() : "";
        var rule = isUser && !isSystem ? "sql.session"
            : !_knowledge.Lists(list, name) ? UnknownSetting
            : list == "server" ? "sql.setting" : "sql.session";
        Add(rule, assignment.IsEmpty ? [default] : assignment);
    }

    /// <summary><c>ALTER SYSTEM SET name = value</c>, <c>ALTER SYSTEM RESET name</c>, <c>ALTER DATABASE x SET name = value</c>.</summary>
    private void ReadServerSetting(ReadOnlySpan<SqlToken> tokens, int verb)
    {
        var known = verb + 1 < tokens.Length && (tokens[verb].Is("set") || tokens[verb].Is("reset")) && _knowledge.Lists("server", tokens[verb + 1].Text.ToLowerInvariant());
        Add(known ? "sql.setting" : UnknownSetting, tokens);
    }

    private void ReadShow(ReadOnlySpan<SqlToken> tokens)
    {
        var name = tokens.Length > 1 ? tokens[1].Text.ToLowerInvariant() : "";
        if (_dialect == SqlDialect.MySql)
        {
            ReadMysqlShow(tokens, name);
        }
        else
        {
            Add(_knowledge.Lists("secret", name) ? "sql.secret" : "sql.read", tokens);
        }
    }

    private void ReadMysqlShow(ReadOnlySpan<SqlToken> tokens, string name)
    {
        var next = tokens.Length > 2 ? tokens[2].Text : "";
        var rule = name switch
        {
            // MariaDB and older MySQL print the hash of the password there.
            "grants" => "sql.secret",
            "create" => next is "user" or "server" ? "sql.secret" : "sql.read",
            _ => _knowledge.Lists("shows", name) ? "sql.read" : "sql.unknown-statement",
        };
        Add(rule, tokens);
        Scan(tokens[1..], plans: true);
    }

    private void ReadPragma(ReadOnlySpan<SqlToken> tokens)
    {
        var at = tokens.Length > 2 && tokens[2].IsSymbol('.') ? 3 : 1;
        var name = at < tokens.Length ? tokens[at].Text.ToLowerInvariant() : "";
        var sets = at + 1 < tokens.Length;
        var rule = _knowledge.Lists("reads", name) || (!sets && _knowledge.Lists("looks", name)) ? "sql.read"
            : _knowledge.Lists("session", name) ? "sql.session"
            : _knowledge.Lists("changes", name) ? "sql.setting"
            : UnknownSetting;
        Add(rule, tokens);
    }

    /// <summary>The place of a symbol outside parentheses, or the end.</summary>
    private static int IndexOfSymbol(ReadOnlySpan<SqlToken> tokens, char symbol, int from)
    {
        var depth = 0;
        for (var index = from; index < tokens.Length; index++)
        {
            depth += tokens[index].IsSymbol('(') ? 1 : tokens[index].IsSymbol(')') ? -1 : 0;
            if (depth == 0 && tokens[index].IsSymbol(symbol))
            {
                return index;
            }
        }

        return tokens.Length;
    }
}
