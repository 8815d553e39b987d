using System.Collections.Frozen;
using RunbookOperator.Risk.Knowledge;

namespace RunbookOperator.Risk.Languages.Sql;

/// <summary>What is known of one dialect: <c>sql.yaml</c>, made ready for look-ups.</summary>
internal sealed class SqlKnowledge
{
    /// <summary>The most words that begin a statement in the table.</summary>
    public const int LongestBeginning = 3;

    private static readonly FrozenDictionary<string, SqlKnowledge> ByDialect;

    private readonly FrozenDictionary<string, string> _statements;
    private readonly FrozenDictionary<string, string> _exact;
    private readonly FrozenSet<string> _functions;
    private readonly FrozenDictionary<string, string> _functionRules;
    private readonly FrozenDictionary<string, string> _commands;
    private readonly FrozenDictionary<string, FrozenSet<string>> _lists;

    static SqlKnowledge()
    {
        var tables = Tables.Lists("sql.yaml");
        var common = new TableMap(tables.Take("common")!);
        var keywords = common.Words("keywords");
        var functions = common.Words("functions");
        common.Done();
        ByDialect = SqlDialect.All.ToFrozenDictionary(dialect => dialect.Name, dialect => new SqlKnowledge(new TableMap(tables.Take(dialect.Name)!), functions, keywords), StringComparer.Ordinal);
        tables.Done();
    }

    private SqlKnowledge(TableMap table, string[] functions, string[] keywords)
    {
        Keywords = keywords.Concat(table.Words("keywords")).ToFrozenSet(StringComparer.Ordinal);
        _statements = table.Fields("statements").ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Text!, StringComparer.Ordinal);
        _exact = table.Fields("exact").ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Text!, StringComparer.Ordinal);
        _functions = functions.Concat(table.Words("functions")).ToFrozenSet(StringComparer.Ordinal);
        _functionRules = WordLists.ByWord(table.Fields("functionRules"));
        _commands = WordLists.ByWord(table.Fields("commands"));
        _lists = table.Fields("lists").ToFrozenDictionary(pair => pair.Key, pair => TableMap.WordsOf(pair.Value).ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);
        table.Done();
    }

    /// <summary>Words that may stand before a parenthesis without calling anything.</summary>
    public FrozenSet<string> Keywords { get; }

    /// <summary>The knowledge of <paramref name="dialect"/>.</summary>
    public static SqlKnowledge Of(SqlDialect dialect) => ByDialect[dialect.Name];

    /// <summary>The rule of the statement that <paramref name="tokens"/> are, by the longest beginning that is known.</summary>
    public string? Statement(ReadOnlySpan<SqlToken> tokens)
    {
        if (tokens.Length == 1 && _exact.TryGetValue(tokens[0].Text, out var exact))
        {
            return exact;
        }

        var words = 0;
        while (words < Math.Min(tokens.Length, LongestBeginning) && (tokens[words].Kind == SqlTokenKind.Word || (words == 0 && tokens[0].IsSymbol('('))))
        {
            words++;
        }

        for (; words > 0; words--)
        {
            var beginning = words switch
            {
                1 => tokens[0].Text,
                2 => $"{tokens[0].Text} {tokens[1].Text}",
                _ => $"{tokens[0].Text} {tokens[1].Text} {tokens[2].Text}",
            };
            if (_statements.TryGetValue(beginning, out var rule))
            {
                return rule;
            }
        }

        return null;
    }

    /// <summary>Whether the function only computes or looks.</summary>
    public bool IsHarmless(string function) => _functions.Contains(function);

    /// <summary>The rule of a function that does more.</summary>
    public string? FunctionRule(string function) => _functionRules.GetValueOrDefault(function);

    /// <summary>The rule of a command of the client.</summary>
    public string? Command(string name) => _commands.GetValueOrDefault(name);

    /// <summary>Whether a list of the table holds <paramref name="word"/>.</summary>
    public bool Lists(string list, string word) => _lists.TryGetValue(list, out var words) && words.Contains(word);
}
