namespace RunbookOperator.Risk.Languages.Sql;

/// <summary>Finds the functions that a statement calls. A name before a parenthesis is a call, unless its place says that it cannot be one.</summary>
internal sealed class SqlCalls(SqlKnowledge knowledge, SqlDialect dialect, CodeFindings findings, bool defines)
{
    // What a parenthesis follows: for each one that is open, whether its closing one may be followed by an alias with columns.
    private readonly Stack<(bool MayNameColumns, int Index)> _open = new();
    private bool _closedTable;

    // In `CREATE INDEX i ON t (…)` and `CREATE TABLE t (…)` the first name before a parenthesis is no function.
    private bool _named;

    /// <summary>Looks at the token at <paramref name="index"/>; tokens must be given one after the other.</summary>
    public void Look(ReadOnlySpan<SqlToken> tokens, int index)
    {
        var token = tokens[index];
        _named |= token.Is("as") || token.Is("select");
        if (token.IsSymbol('('))
        {
            var isCall = index > 0 && IsNoKeyword(tokens[index - 1]);
            var holdsRows = index + 1 < tokens.Length && tokens[index + 1].Text is "select" or "values" or "with" && tokens[index + 1].Kind == SqlTokenKind.Word;
            _open.Push((isCall || holdsRows, index));
        }
        else if (token.IsSymbol(')'))
        {
            var open = _open.Count > 0 ? _open.Pop() : default;
            _closedTable = open.MayNameColumns;
            JudgeField(tokens, open.Index, index);
        }
        else if (token.IsName && index + 1 < tokens.Length && tokens[index + 1].IsSymbol('('))
        {
            Judge(tokens, index);
        }
    }

    // `(t).f` is a field of a row, or a call of `f` with it: which one only the database knows. What a function gives has known fields.
    private void JudgeField(ReadOnlySpan<SqlToken> tokens, int open, int close)
    {
        var isField = close + 2 < tokens.Length && tokens[close + 1].IsSymbol('.') && tokens[close + 2].IsName;
        var isOfCall = (open > 0 && IsNoKeyword(tokens[open - 1])) || (open + 2 < close && IsNoKeyword(tokens[open + 1]) && tokens[open + 2].IsSymbol('('));
        if (isField && !isOfCall && dialect == SqlDialect.PostgreSql)
        {
            findings.Add("sql.unknown-function", tokens[close + 2].Span, $"(…).{tokens[close + 2].Text}");
        }
    }

    private bool IsNoKeyword(SqlToken token) => token.IsName && !(token.Kind == SqlTokenKind.Word && knowledge.Keywords.Contains(token.Text));

    private void Judge(ReadOnlySpan<SqlToken> tokens, int index)
    {
        var token = tokens[index];
        var before = index > 0 ? tokens[index - 1] : default;
        if (IsNoCall(tokens, index, before))
        {
            return;
        }

        var qualifier = before.IsSymbol('.') ? index > 1 ? tokens[index - 2].Text : "" : null;
        if (token.Kind == SqlTokenKind.Word && qualifier is null && knowledge.Keywords.Contains(token.Text))
        {
            return;
        }

        var isBuiltIn = token.Kind == SqlTokenKind.Word && (qualifier is null || (qualifier == "pg_catalog" && dialect == SqlDialect.PostgreSql));
        if (knowledge.FunctionRule(token.Text.ToLowerInvariant()) is { } rule)
        {
            // `pg_terminate_backend(pid)` over a table ends whatever the query finds.
            var ends = rule == "sql.cancel" && !IsOneNumber(tokens, index + 2);
            findings.Add(ends ? "sql.cancel-many" : rule, token.Span, $"{token.Text}()");
        }
        else if (!isBuiltIn || !knowledge.IsHarmless(token.Text))
        {
            findings.Add("sql.unknown-function", token.Span, $"{token.Text}()");
        }
    }

    private bool IsNoCall(ReadOnlySpan<SqlToken> tokens, int index, SqlToken before)
    {
        // `COPY (…)`; `(SELECT …) t (a, b)`: columns of an alias.
        if ((index == 0 && tokens[index].Is("copy")) || (before.IsSymbol(')') && _closedTable) || FollowsAs(tokens, index))
        {
            return true;
        }

        // `WITH t (a) AS`, `WITH …, u (b) AS`.
        if (Follows(tokens, index))
        {
            return true;
        }

        var owner = index;
        while (owner > 1 && tokens[owner - 1].IsSymbol('.'))
        {
            owner -= 2;
        }

        var introduces = owner > 0 ? tokens[owner - 1] : default;
        if (introduces.Is("into") || introduces.Is("references") || (introduces.Is("copy") && owner == 1))
        {
            return true;
        }

        if (defines && !_named && (introduces.Is("table") || introduces.Is("on") || introduces.Is("exists") || introduces.Is("view") || introduces.Is("only")))
        {
            _named = true;
            return true;
        }

        return defines && (tokens[index].Kind == SqlTokenKind.Word && tokens[index].Text is "set" or "reset" or "key" or "index" or "include"
            || introduces.Is("key") || introduces.Is("index") || introduces.Is("unique"));
    }

    // `AS t (a, b)`, `AS NOT MATERIALIZED (…)`. In ClickHouse a new table can be defined AS a function.
    private bool FollowsAs(ReadOnlySpan<SqlToken> tokens, int index)
    {
        var before = index > 0 ? tokens[index - 1] : default;
        return (before.Is("as") || (before.Is("not") && index > 1 && tokens[index - 2].Is("as"))) && !(defines && dialect == SqlDialect.ClickHouse);
    }

    // Behind its list of columns a CTE says AS and holds a query. A function in FROM may say AS too, but then columns follow.
    private static bool Follows(ReadOnlySpan<SqlToken> tokens, int index)
    {
        var before = index > 0 ? tokens[index - 1] : default;
        if (!(before.Is("with") || before.Is("recursive") || before.IsSymbol(',')))
        {
            return false;
        }

        var close = index + 2;
        while (close < tokens.Length && (tokens[close].IsName || tokens[close].IsSymbol(',')))
        {
            close++;
        }

        if (close + 1 >= tokens.Length || !tokens[close].IsSymbol(')') || !tokens[close + 1].Is("as"))
        {
            return false;
        }

        var body = close + 2;
        while (body < tokens.Length && (tokens[body].Is("not") || tokens[body].Is("materialized")))
        {
            body++;
        }

        return body + 1 < tokens.Length && tokens[body].IsSymbol('(') && (tokens[body + 1].Is("select") || tokens[body + 1].Is("with"));
    }

    private static bool IsOneNumber(ReadOnlySpan<SqlToken> tokens, int index) =>
        index + 1 < tokens.Length && tokens[index].Kind == SqlTokenKind.Number && (tokens[index + 1].IsSymbol(')') || tokens[index + 1].IsSymbol(','));
}
