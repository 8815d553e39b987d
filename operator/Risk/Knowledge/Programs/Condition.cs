using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>What must hold for a case or an effect. Whatever is left out holds.</summary>
internal sealed record Condition
{
    /// <summary>Always holds.</summary>
    public static Condition Always { get; } = new();

    private string[] With { get; init; } = [];

    private string[] WithAll { get; init; } = [];

    private string[] Without { get; init; } = [];

    private string[]? Only { get; init; }

    private (int Least, int Most)? Operands { get; init; }

    private (string Name, WordPattern[] Patterns)[] Where { get; init; } = [];

    /// <summary>Reads the keys of a condition from the map of a case or an effect.</summary>
    public static Condition Read(TableMap map)
    {
        var only = map.Take("only");
        var condition = new Condition
        {
            With = map.Words("with"),
            WithAll = map.Words("withAll"),
            Without = map.Words("without"),
            Only = only is null ? null : TableMap.WordsOf(only),
            Operands = map.Take("operands") is { } range ? Range(range) : null,
            Where = [.. map.Fields("where").Select(field => (field.Key, TableMap.WordsOf(field.Value).Select(word => new WordPattern(word)).ToArray()))],
        };
        return condition.FlagNames.Any() || condition.Only is not null || condition.Operands is not null || condition.Where.Length > 0 ? condition : Always;
    }

    /// <summary>The flags it names, to be checked when the table is read.</summary>
    public IEnumerable<string> FlagNames =>
        [.. With, .. WithAll, .. Without, .. Only ?? [], .. Where.Select(where => where.Name).Where(name => !char.IsAsciiDigit(name[0]))];

    /// <summary>Whether it holds for <paramref name="command"/>.</summary>
    public Truth Holds(TableCommand command)
    {
        if (ReferenceEquals(this, Always))
        {
            return Truth.Yes;
        }

        Truth[] answers =
        [
            With.Length == 0 ? Truth.Yes : With.Select(command.Has).Any(),
            WithAll.Select(command.Has).All(),
            Without.Select(command.Has).Any().Not(),
            Only is null ? Truth.Yes : Truths.Of(command.Uses.All(use => command.IsOneOf(use.Flag, Only))),
            Counts(command),
            Where.Select(where => HasValue(command, where.Name, where.Patterns)).All(),
        ];
        return answers.All();
    }

    private Truth Counts(TableCommand command)
    {
        if (Operands is not var (least, most))
        {
            return Truth.Yes;
        }

        // A word that can become several, or none, leaves the count open.
        var open = command.Operands.Any(operand => operand.Splits || operand.Globs);
        return open ? Truth.Maybe : Truths.Of(command.Operands.Count >= least && command.Operands.Count <= most);
    }

    private static Truth HasValue(TableCommand command, string name, WordPattern[] patterns)
    {
        if (int.TryParse(name, out var number))
        {
            return command.Operands.Count < number ? Truth.No
                : command.Operands.Take(number).Any(operand => operand.Splits || operand.Globs) ? Truth.Maybe
                : WordPattern.AnyMatches(patterns, command.Operands[number - 1]);
        }

        return command.Last(name) is not { } use ? Truth.No : WordPattern.AnyMatches(patterns, use.Value ?? new Argument(use.Word.Span, ""));
    }

    private static (int Least, int Most) Range(TableValue value)
    {
        var text = value.Text ?? throw value.Error("`operands` is 2, 1+ or 0-1 here");
        var parts = text.TrimEnd('+').Split('-');
        if (!int.TryParse(parts[0], out var least) || !int.TryParse(parts[^1], out var most))
        {
            throw value.Error("`operands` is 2, 1+ or 0-1 here");
        }

        return (least, text.EndsWith('+') ? int.MaxValue : most);
    }
}
