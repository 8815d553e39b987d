namespace RunbookOperator.Risk.Languages.Sql;

/// <summary>
/// Says what SQL does. Statements, functions, settings and client commands that are not known are dangerous, and so is what cannot be
/// read to its end.
/// </summary>
internal sealed partial class SqlReader
{
    // How deep a statement may hold another: EXPLAIN of PREPARE of EXPLAIN.
    private const int MaximumDepth = 8;

    private readonly string _text;
    private readonly SqlDialect _dialect;
    private readonly SqlKnowledge _knowledge;
    private readonly CodeFindings _findings = new();
    private int _depth;

    private SqlReader(string text, SqlDialect dialect)
    {
        _text = text;
        _dialect = dialect;
        _knowledge = SqlKnowledge.Of(dialect);
    }

    /// <summary>What the statements of <paramref name="text"/> do; nothing for an empty text. Takes time in proportion to its length.</summary>
    public static IReadOnlyList<CodeFinding> Read(string text, SqlDialect dialect)
    {
        var reader = new SqlReader(text, dialect);
        if (CodeFindings.HoldsValue(text))
        {
            reader._findings.Add("sql.variable", new TextSpan(0, text.Length), text);
        }

        var tokenizer = SqlTokenizer.Read(text, dialect);
        reader.ReadAll([.. tokenizer.Tokens]);
        if (tokenizer.Problem is var (rule, span, subject))
        {
            reader._findings.Add(rule, span, subject);
        }

        return reader._findings.All;
    }

    private void ReadAll(SqlToken[] tokens)
    {
        var start = 0;
        for (var index = 0; index < tokens.Length; index++)
        {
            if (tokens[index].Kind == SqlTokenKind.Terminator)
            {
                ReadStatement(tokens.AsSpan(start..index));
                start = index + 1;
            }
            else if (tokens[index].Kind == SqlTokenKind.ClientCommand)
            {
                if (index > start && !SqlClientCommands.EndsStatement(tokens[index].Text, _dialect))
                {
                    // The command stands inside a statement that goes on behind it.
                    _findings.Add("sql.unreadable", tokens[index].Span, Source(tokens[index].Span));
                }

                ReadStatement(tokens.AsSpan(start..index));
                SqlClientCommands.Read(tokens[index], _dialect, _findings);
                start = index + 1;
            }
        }

        ReadStatement(tokens.AsSpan(start));
    }

    private void ReadStatement(ReadOnlySpan<SqlToken> tokens)
    {
        if (tokens.IsEmpty)
        {
            return;
        }

        if (++_depth > MaximumDepth)
        {
            Add("sql.unreadable", tokens);
        }
        else if (_knowledge.Statement(tokens) is not { } rule)
        {
            Add("sql.unknown-statement", tokens[..1]);
        }
        else if (rule[0] == '@')
        {
            ReadKnown(rule, tokens);
        }
        else
        {
            Add(rule, tokens);
            NoteSecrets(tokens);
        }

        _depth--;
    }

    private void ReadKnown(string handler, ReadOnlySpan<SqlToken> tokens)
    {
        switch (handler)
        {
            case "@query":
                ReadQuery(tokens);
                break;
            case "@explain":
                ReadExplain(tokens);
                break;
            case "@insert":
                ReadInsert(tokens);
                break;
            case "@prepare":
                ReadInner(tokens, IndexOf(tokens, "as"), "sql.session");
                break;
            case "@declare":
                ReadInner(tokens, IndexOf(tokens, "for"), "sql.session");
                break;
            case "@copy":
                ReadCopy(tokens);
                break;
            case "@set":
                ReadSet(tokens);
                break;
            case "@setting":
                ReadServerSetting(tokens, 2);
                break;
            case "@show":
                ReadShow(tokens);
                break;
            case "@create":
                ReadCreate(tokens);
                break;
            case "@alter":
                ReadAlter(tokens);
                break;
            case "@pragma":
                ReadPragma(tokens);
                break;
            case "@kill":
                Add(tokens.Length <= 3 && tokens[^1].Kind == SqlTokenKind.Number ? "sql.cancel" : "sql.cancel-many", tokens);
                break;
            case "@vacuum":
                Add(IndexOf(tokens, "into") >= 0 ? "sql.export" : "sql.maintain", tokens);
                break;
            default:
                throw new InvalidOperationException($"The table names {handler}, which nothing reads.");
        }
    }

    /// <summary>A statement that stands behind a word of another; without that word nothing is known of it.</summary>
    private void ReadInner(ReadOnlySpan<SqlToken> tokens, int index, string rule)
    {
        if (index < 0 || index + 1 >= tokens.Length)
        {
            Add("sql.unknown-statement", tokens);
            return;
        }

        Add(rule, tokens);
        ReadStatement(tokens[(index + 1)..]);
    }

    private void Add(string rule, ReadOnlySpan<SqlToken> tokens)
    {
        var span = TextSpan.FromTo(tokens[0].Span.Start, tokens[^1].Span.End);
        _findings.Add(rule, span, Source(span));
    }

    private string Source(TextSpan span) => _text.Substring(span.Start, span.Length);

    /// <summary>The place of a word outside parentheses, or -1.</summary>
    private static int IndexOf(ReadOnlySpan<SqlToken> tokens, string word, int from = 0)
    {
        var depth = 0;
        for (var index = from; index < tokens.Length; index++)
        {
            depth += tokens[index].IsSymbol('(') ? 1 : tokens[index].IsSymbol(')') ? -1 : 0;
            if (depth == 0 && tokens[index].Is(word))
            {
                return index;
            }
        }

        return -1;
    }

    private static bool Has(ReadOnlySpan<SqlToken> tokens, string word)
    {
        foreach (var token in tokens)
        {
            if (token.Is(word))
            {
                return true;
            }
        }

        return false;
    }
}
