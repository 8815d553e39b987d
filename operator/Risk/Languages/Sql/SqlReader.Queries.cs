namespace RunbookOperator.Risk.Languages.Sql;

internal sealed partial class SqlReader
{
    // Words that begin statements and cannot stand in a query, unless it holds a statement that writes or a name nobody should choose.
    private static readonly Dictionary<string, string> Writing = new(StringComparer.Ordinal)
    {
        ["insert"] = "sql.insert", ["update"] = "sql.update", ["delete"] = "sql.delete", ["merge"] = "sql.update", ["truncate"] = "sql.truncate", ["drop"] = "sql.drop",
        ["alter"] = "sql.alter", ["create"] = "sql.unreadable", ["grant"] = "sql.access", ["revoke"] = "sql.access", ["call"] = "sql.code", ["execute"] = "sql.code",
    };

    private void ReadQuery(ReadOnlySpan<SqlToken> tokens)
    {
        Add("sql.read", tokens);
        var into = IndexOf(tokens, "into");
        if (into >= 0 && !Has(tokens[..into], "insert") && !Has(tokens[..into], "merge"))
        {
            ReadInto(tokens[into..]);
        }

        Scan(tokens);
    }

    private void ReadInto(ReadOnlySpan<SqlToken> tokens)
    {
        var target = tokens.Length > 1 ? tokens[1] : default;
        if (target.Is("outfile") && _dialect == SqlDialect.ClickHouse)
        {
            // ClickHouse's client writes this file, not its server.
            Add("sql.export", tokens);
        }
        else if (target.Is("outfile") || target.Is("dumpfile"))
        {
            Add("sql.server-file", tokens);
        }
        else if (!(target.Kind == SqlTokenKind.Symbol && target.IsSymbol('@')))
        {
            Add("sql.create", tokens);
        }
    }

    /// <summary>EXPLAIN plans; only with ANALYZE it runs what it explains. Functions may run in both.</summary>
    private void ReadExplain(ReadOnlySpan<SqlToken> tokens)
    {
        var inner = 1;
        var runs = false;
        if (inner < tokens.Length && tokens[inner].IsSymbol('('))
        {
            var close = Close(tokens, inner);
            if (!(close + 1 < tokens.Length && tokens[close + 1].IsName))
            {
                ReadInner(tokens, 0, "sql.read");
                return;
            }

            runs = Has(tokens[inner..close], "analyze");
            inner = close + 1;
        }

        for (; inner < tokens.Length && (tokens[inner].Kind != SqlTokenKind.Word || _knowledge.Statement(tokens.Slice(inner, 1)) is null or "sql.maintain"); inner++)
        {
            runs |= tokens[inner].Is("analyze") || tokens[inner].Is("analyse");
        }

        Add("sql.read", tokens);
        if (runs && inner >= tokens.Length)
        {
            Add("sql.unknown-statement", tokens);
        }
        else if (runs)
        {
            ReadStatement(tokens[inner..]);
        }
        else
        {
            Scan(tokens[1..], plans: true);
        }
    }

    private void ReadInsert(ReadOnlySpan<SqlToken> tokens)
    {
        Add("sql.insert", tokens);
        if (Has(tokens, "overwrite") || Has(tokens, "infile"))
        {
            Add("sql.update", tokens);
        }

        var into = IndexOf(tokens, "into");
        var table = into >= 0 && into + 1 < tokens.Length ? tokens[into + 1].Text : "";
        if (table.StartsWith("pg_", StringComparison.OrdinalIgnoreCase) || table.ToLowerInvariant() is "mysql" or "sys" or "system" or "information_schema" or "sqlite_master" or "sqlite_schema")
        {
            Add("sql.access", tokens);
        }

        Scan(tokens[1..]);
    }

    private void ReadCopy(ReadOnlySpan<SqlToken> tokens)
    {
        var to = IndexOf(tokens, "to");
        var from = IndexOf(tokens, "from");
        var at = to >= 0 ? to : from;
        var target = at >= 0 && at + 1 < tokens.Length ? tokens[at + 1] : default;
        var rule = target switch
        {
            _ when target.Is("program") => "sql.shell",
            _ when target.Is("stdout") && to >= 0 => "sql.read",
            _ when target.Is("stdin") && to < 0 => "sql.insert",
            _ => "sql.server-file",
        };
        Add(rule, tokens);
        Scan(tokens);
    }

    /// <summary>
    /// Looks at every token of a statement for functions, statements inside it, locks and secrets. With <paramref name="plans"/>
    /// the statement is not run, so what it would write does not count.
    /// </summary>
    private void Scan(ReadOnlySpan<SqlToken> tokens, bool plans = false, bool defines = false)
    {
        var calls = new SqlCalls(_knowledge, _dialect, _findings, defines);
        for (var index = 0; index < tokens.Length; index++)
        {
            var token = tokens[index];
            if (token.Kind == SqlTokenKind.Word && !plans)
            {
                NoteWrite(tokens, index, defines);
            }

            calls.Look(tokens, index);
        }

        NoteSecrets(tokens);
    }

    private void NoteWrite(ReadOnlySpan<SqlToken> tokens, int index, bool defines)
    {
        var token = tokens[index];
        var before = index > 0 ? tokens[index - 1] : default;
        if (token.Is("for") && index + 1 < tokens.Length && tokens[index + 1].Text is "update" or "share" or "no" or "key")
        {
            _findings.Add("sql.lock", token.Span, $"for {tokens[index + 1].Text}");
        }
        else if (token.Is("lock") && index + 1 < tokens.Length && tokens[index + 1].Is("in"))
        {
            _findings.Add("sql.lock", token.Span, "lock in share mode");
        }
        else if (token.Is("next") && index + 2 < tokens.Length && tokens[index + 1].Is("value") && tokens[index + 2].Is("for"))
        {
            _findings.Add("sql.sequence", token.Span, "next value for");
        }
        else if (Writing.TryGetValue(token.Text, out var rule) && !IsNoWrite(tokens, index, before, defines))
        {
            _findings.Add(rule, token.Span, token.Text);
        }
    }

    // `FOR UPDATE`, `t.update`, `ON DELETE CASCADE`, and functions of these names.
    private bool IsNoWrite(ReadOnlySpan<SqlToken> tokens, int index, SqlToken before, bool defines) =>
        before.Is("for") || before.IsSymbol('.') || (before.Is("key") && index > 1 && tokens[index - 2].Is("no"))
        || (defines && before.Is("on")) || (index + 1 < tokens.Length && tokens[index + 1].IsSymbol('(') && _knowledge.IsHarmless(tokens[index].Text));

    /// <summary>The place of the parenthesis that closes the one at <paramref name="open"/>; the last token if none does.</summary>
    private static int Close(ReadOnlySpan<SqlToken> tokens, int open)
    {
        var depth = 0;
        for (var index = open; index < tokens.Length; index++)
        {
            depth += tokens[index].IsSymbol('(') ? 1 : tokens[index].IsSymbol(')') ? -1 : 0;
            if (depth == 0)
            {
                return index;
            }
        }

        return tokens.Length - 1;
    }
}
