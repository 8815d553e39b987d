using System.Text.RegularExpressions;

namespace RunbookOperator.Generator.Cel;

/// <summary>Reads the part of CEL that the rules use. What it does not know is an error: a rule whose cost cannot be told is not written.</summary>
internal sealed partial class CelParser
{
    private static readonly string[][] Levels = [["||"], ["&&"], ["==", "!=", "<=", ">=", "<", ">", "in"]];

    private readonly List<string> _tokens;
    private int _next;

    private CelParser(string text) => _tokens = [.. Tokens().Matches(text).Select(match => match.Value)];

    /// <summary>The expression.</summary>
    /// <exception cref="FormatException">It is more than this part of CEL.</exception>
    public static CelNode Parse(string text)
    {
        var parser = new CelParser(text);
        var result = parser.Condition();
        return parser._next == parser._tokens.Count ? result : throw parser.Unexpected();
    }

    private CelNode Condition()
    {
        var condition = Binary(0);
        if (!Take("?"))
        {
            return condition;
        }

        var yes = Condition();
        Expect(":");
        return new CelOperator("?:", [condition, yes, Condition()]);
    }

    private CelNode Binary(int level)
    {
        if (level == Levels.Length)
        {
            return Unary();
        }

        var left = Binary(level + 1);
        while (Levels[level].FirstOrDefault(symbol => Peek() == symbol) is { } found)
        {
            _next++;
            left = new CelOperator(found, [left, Binary(level + 1)]);
        }

        return left;
    }

    private CelNode Unary() => Take("!") ? new CelOperator("!", [Unary()]) : Members(Primary());

    private CelNode Members(CelNode node)
    {
        while (Take("."))
        {
            var name = Word();
            node = Take("(") ? new CelCall(node, name, Until(")")) : new CelField(node, name);
        }

        return node;
    }

    private CelNode Primary()
    {
        if (Take("("))
        {
            var inner = Condition();
            Expect(")");
            return inner;
        }

        if (Take("["))
        {
            return new CelList(Until("]"));
        }

        var token = Peek();
        if (token.StartsWith('\''))
        {
            _next++;
            return new CelLiteral(token.Length - 2);
        }

        if (token is "true" or "false" || token is [>= '0' and <= '9', ..])
        {
            _next++;
            return new CelLiteral(1);
        }

        var name = Word();
        return Take("(") ? new CelCall(null, name, Until(")")) : new CelName(name);
    }

    private List<CelNode> Until(string end)
    {
        var items = new List<CelNode>();
        while (!Take(end))
        {
            if (items.Count > 0)
            {
                Expect(",");
            }

            items.Add(Condition());
        }

        return items;
    }

    private string Word() => Peek() is [(>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_', ..] ? _tokens[_next++] : throw Unexpected();

    private string Peek() => _next < _tokens.Count ? _tokens[_next] : "";

    private bool Take(string token)
    {
        var found = Peek() == token;
        _next += found ? 1 : 0;
        return found;
    }

    private void Expect(string token)
    {
        if (!Take(token))
        {
            throw Unexpected();
        }
    }

    private FormatException Unexpected() => new($"unexpected {(Peek().Length == 0 ? "end" : Peek())} in {string.Join(' ', _tokens)}");

    [GeneratedRegex(@"'[^'\\]*'|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|&&|\|\||[=!<>]=|[<>!?:.,()\[\]]|\S", RegexOptions.NonBacktracking)]
    private static partial Regex Tokens();
}
