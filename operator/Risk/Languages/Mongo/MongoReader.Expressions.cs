namespace RunbookOperator.Risk.Languages.Mongo;

internal sealed partial class MongoReader
{
    private const string Unknown = "mongo.unknown";

    /// <summary>Operands with operators between them. What the operators compute does not matter, only what is called.</summary>
    private void ReadExpression()
    {
        if (++_depth > MaximumDepth)
        {
            Stop();
        }

        while (!_stopped)
        {
            ReadOperand();
            var ahead = _at;
            SkipNewlines();
            if (Current.Kind == ScriptTokenKind.Symbol && Current.Text is "+" or "-" or "*" or "/" or "%" or "<" or ">" or "<=" or ">=" or "==" or "===" or "!=" or "!==" or "&&" or "||"
                or "??" or "?")
            {
                _at++;
            }
            else if (Current.Is(":") && _ternaries > 0)
            {
                _ternaries--;
                _at++;
                continue;
            }
            else
            {
                _at = ahead;
                break;
            }

            _ternaries += _tokens[_at - 1].Is("?") ? 1 : 0;
        }

        _depth--;
    }

    private int _ternaries;

    private void ReadOperand()
    {
        SkipNewlines();
        while (Current.Is("!") || Current.Is("-") || Current.Is("+") || Current.IsName("new") || Current.IsName("typeof"))
        {
            _at++;
        }

        var token = Current;
        switch (token.Kind)
        {
            case ScriptTokenKind.String or ScriptTokenKind.Number or ScriptTokenKind.Regex:
                _at++;
                break;
            case ScriptTokenKind.Name:
                ReadName(token);
                break;
            case ScriptTokenKind.Symbol when token.Text == "(":
                ReadParenthesis();
                break;
            case ScriptTokenKind.Symbol when token.Text == "[":
                ReadList("]");
                break;
            case ScriptTokenKind.Symbol when token.Text == "{":
                ReadObject();
                break;
            default:
                Stop();
                return;
        }

        ReadMembers(token);
    }

    private void ReadName(ScriptToken token)
    {
        if (token.Text == "function")
        {
            _at++;
            ReadFunction();
        }
        else if (Following.Is("=>"))
        {
            Declare();
            ReadArrow();
        }
        else if (token.Text is "true" or "false" or "null" or "undefined")
        {
            _at++;
        }
        else if (MongoTable.IsFunction(token.Text) || MongoTable.IsObject(token.Text) || _names.Contains(token.Text))
        {
            _at++;
            if (Current.Is("(") && !MongoTable.IsFunction(token.Text))
            {
                _findings.Add(Unknown, token.Span, token.Text + "()");
            }
            else if (Current.Is("("))
            {
                _findings.Add("mongo.read", token.Span, token.Text + "()");
            }
        }
        else
        {
            _findings.Add(Unknown, token.Span, token.Text);
            _at++;
        }
    }

    /// <summary>Members and calls behind an operand: <c>.name</c>, <c>["name"]</c>, <c>(…)</c>.</summary>
    private void ReadMembers(ScriptToken owner)
    {
        var name = owner;
        while (!_stopped)
        {
            var ahead = _at;
            SkipNewlines();
            if (Current.Is(".") || Current.Is("?."))
            {
                _at++;
                SkipNewlines();
                name = Current;
                if (name.Kind != ScriptTokenKind.Name)
                {
                    Stop();
                    return;
                }

                _at++;
                NoteMember(name);
            }
            else if (_at == ahead && Current.Is("["))
            {
                name = Following.Kind == ScriptTokenKind.String && _tokens[Math.Min(_at + 2, _tokens.Count - 1)].Is("]") ? Following : default;
                ReadList("]");
                NoteMember(name);
            }
            else if (_at == ahead && Current.Is("("))
            {
                ReadCall(name, owner);
                name = default;
            }
            else
            {
                _at = ahead;
                return;
            }
        }
    }

    /// <summary>A member that is not called can still be handed on; and some collections hold secrets.</summary>
    private void NoteMember(ScriptToken name)
    {
        if (name.Text is "constructor" or "__proto__" or "prototype")
        {
            _findings.Add(Unknown, name.Span, name.Text);
        }
        else if (name.Text is "system" or "system.users" or "system.keys")
        {
            _findings.Add("mongo.secret", name.Span, name.Text);
        }
        else if (name.Text is not null && !Current.Is("(") && MongoTable.Method(name.Text) is { } rule && rule is not "mongo.read" && (Current.Is(",") || Current.Is(")")))
        {
            _findings.Add(rule, name.Span, name.Text);
        }
    }

    private void ReadCall(ScriptToken name, ScriptToken owner)
    {
        var isRoot = name.Span == owner.Span;
        if (!isRoot)
        {
            var rule = name is { Text: not null, Kind: ScriptTokenKind.Name or ScriptTokenKind.String } ? MongoTable.Method(name.Text) : null;
            _findings.Add(rule ?? Unknown, name.Text is null ? Current.Span : name.Span, $"{name.Text}()");
        }
        else if (name.Kind != ScriptTokenKind.Name)
        {
            // `(…)(…)` and the like: what is called is computed.
            _findings.Add(Unknown, Current.Span, "()");
        }

        if (name.Text is "runCommand" or "adminCommand")
        {
            NoteCommand();
        }
        else if (name.Text is "getCollection" && Following.Text.StartsWith("system.", StringComparison.Ordinal))
        {
            _findings.Add("mongo.secret", Following.Span, Following.Text);
        }

        ReadList(")");
    }

    /// <summary>The command is the first key of the document, or a string.</summary>
    private void NoteCommand()
    {
        var at = _at + 1;
        while (at < _tokens.Count - 1 && (_tokens[at].Kind == ScriptTokenKind.Newline || _tokens[at].Is("{")))
        {
            at++;
        }

        var command = _tokens[Math.Min(at, _tokens.Count - 1)];
        var rule = command.Kind is ScriptTokenKind.Name or ScriptTokenKind.String ? MongoTable.Command(command.Text) : null;
        _findings.Add(rule ?? Unknown, command.Span, command.Text);
    }
}
