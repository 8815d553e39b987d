namespace RunbookOperator.Risk.Languages.Mongo;

/// <summary>
/// Says what JavaScript for mongosh does, as far as it is calls on <c>db</c>, <c>rs</c> and <c>sh</c> with literals, simple operators, arrow functions
/// and variables of its own. Everything else is not read, and so dangerous.
/// </summary>
internal sealed partial class MongoReader
{
    /// <summary>How deep expressions may nest.</summary>
    public const int MaximumDepth = 60;

    private readonly string _text;
    private readonly List<ScriptToken> _tokens;
    private readonly CodeFindings _findings = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _at;
    private int _depth;
    private bool _stopped;

    private MongoReader(string text, List<ScriptToken> tokens)
    {
        _text = text;
        _tokens = tokens;
    }

    /// <summary>What <paramref name="text"/> does; nothing for an empty text. Takes time in proportion to its length.</summary>
    public static IReadOnlyList<CodeFinding> Read(string text)
    {
        var (tokens, problem) = ScriptTokenizer.Read(text);
        if (problem is not null)
        {
            tokens.Add(new ScriptToken(ScriptTokenKind.End, "", problem.Value));
        }

        var reader = new MongoReader(text, tokens);
        if (CodeFindings.HoldsValue(text))
        {
            reader._findings.Add("mongo.variable", new TextSpan(0, text.Length), text);
        }

        reader.ReadStatements(ScriptTokenKind.End, null);
        if (problem is { } span)
        {
            reader._findings.Add("mongo.unreadable", span, text.Substring(span.Start, span.Length));
        }

        return reader._findings.All;
    }

    private ScriptToken Current => _tokens[Math.Min(_at, _tokens.Count - 1)];

    private ScriptToken Following => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    /// <summary>Statements up to the end or to <paramref name="close"/>, each behind a semicolon or on a line of its own.</summary>
    private void ReadStatements(ScriptTokenKind end, string? close)
    {
        while (!_stopped && Current.Kind != end && !(close is not null && Current.Is(close)))
        {
            if (Current.Kind == ScriptTokenKind.Newline || Current.Is(";"))
            {
                _at++;
                continue;
            }

            ReadStatement(close is null);
            if (!_stopped && Current.Kind is not (ScriptTokenKind.Newline or ScriptTokenKind.End) && !Current.Is(";") && !(close is not null && Current.Is(close)))
            {
                Stop();
            }
        }
    }

    private void ReadStatement(bool outermost)
    {
        if (outermost && Current.Kind == ScriptTokenKind.Name && Current.Text is "show" or "use" or "it" && Following.Kind is ScriptTokenKind.Name or ScriptTokenKind.End)
        {
            ReadShellCommand();
            return;
        }

        if (Current.Kind == ScriptTokenKind.Name && Current.Text is "var" or "let" or "const")
        {
            _at++;
            Declare();
            if (!Current.Is("="))
            {
                Stop();
                return;
            }

            _at++;
        }
        else if (Current.IsName("return"))
        {
            _at++;
            if (Current.Is(";") || Current.Is("}"))
            {
                return;
            }
        }

        ReadExpression();
    }

    // `show dbs` and `use x` take their line.
    private void ReadShellCommand()
    {
        var start = Current.Span.Start;
        var isKnown = !Current.IsName("show") || Following.Text is "dbs" or "databases" or "collections" or "tables" or "log" or "logs" or "profile" or "users" or "roles" or "startupWarnings";
        var taken = 0;
        while (Current.Kind is not (ScriptTokenKind.Newline or ScriptTokenKind.End) && !Current.Is(";"))
        {
            _at++;
            taken++;
        }

        var span = TextSpan.FromTo(start, _tokens[_at - 1].Span.End);
        _findings.Add(isKnown && taken <= 2 ? "mongo.read" : "mongo.unknown", span, _text.Substring(span.Start, span.Length));
    }

    /// <summary>Takes a name for the script's own; a name that means something already must keep its meaning.</summary>
    private void Declare()
    {
        if (Current.Kind != ScriptTokenKind.Name || MongoTable.IsObject(Current.Text) || MongoTable.IsFunction(Current.Text))
        {
            Stop();
            return;
        }

        _names.Add(Current.Text);
        _at++;
    }

    private void Stop()
    {
        if (!_stopped)
        {
            var start = Math.Min(Current.Span.Start, _text.Length);
            _findings.Add("mongo.unreadable", TextSpan.FromTo(start, _text.Length), start < _text.Length ? _text[start..] : _text);
            _stopped = true;
        }
    }

    private void SkipNewlines()
    {
        while (Current.Kind == ScriptTokenKind.Newline)
        {
            _at++;
        }
    }
}
