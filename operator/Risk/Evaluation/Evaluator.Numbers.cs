using RunbookOperator.Risk.Knowledge;
using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Evaluation;

/// <content>Arithmetic, and variables that are set by other means than an assignment.</content>
internal sealed partial class Evaluator
{
    // What a number does to these is enough: it divides other words, or is looked for among programs.
    private static readonly string[] SteeredByNumbers = ["IFS", "PATH", "ENV", "CDPATH"];

    private readonly Dictionary<string, List<string>> _namesHeld = new(StringComparer.Ordinal);

    /// <summary>A loop, <c>${x:=…}</c> or a number sets a variable as an assignment does.</summary>
    private void NoteSteering(string name, Argument? value, TextSpan span)
    {
        if (name.Length > 0 && EnvironmentRules.Steers(name, value))
        {
            _findings.Add("shell.environment", span, $"`{name}`");
        }
    }

    /// <summary>Arithmetic evaluates the text of its variables again, subscripts with commands in them included.</summary>
    private void RequireNumbers(ArithmeticPart arithmetic)
    {
        foreach (var name in arithmetic.Names)
        {
            RequireNumber(name, _expander.ValueOf(name, arithmetic.Span.Start), arithmetic.Span);
            if (SteeredByNumbers.Contains(name))
            {
                NoteSteering(name, null, arithmetic.Span);
            }
        }

        foreach (var part in arithmetic.Parts.OfType<VariablePart>())
        {
            RequireNumber(part.Name, _expander.Expand(new Word(part.Span, [part with { Quoted = true }])).Text, part.Span);
        }

        if (arithmetic.Parts.Any(part => part is SubstitutionPart))
        {
            _findings.Add("shell.code", arithmetic.Span, "Arithmetic on the output of a command");
        }
    }

    private void RequireNumber(string name, string value, TextSpan span)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<(string Name, string Value)>([(name, value)]);
        while (open.TryDequeue(out var next))
        {
            if (!Expander.IsBoundedText(next.Value, mayBeginWithDash: true))
            {
                _findings.Add("shell.code", span, $"Arithmetic on `{next.Name}`");
                return;
            }

            // A value that is a name again is evaluated in its turn.
            foreach (var inner in NamesIn(next.Value).Concat(NamesHeldBy(next.Name)).Where(seen.Add))
            {
                open.Enqueue((inner, _expander.ValueOf(inner, span.Start)));
            }
        }
    }

    /// <summary>The names in all that is ever assigned to a variable.</summary>
    private List<string> NamesHeldBy(string name)
    {
        if (!_namesHeld.TryGetValue(name, out var held))
        {
            var values = _variables.SourcesOf(name).Where(source => source.Value is not null).Select(source => _expander.Expand(source.Value!).Text);
            _namesHeld[name] = held = [.. values.SelectMany(NamesIn).Distinct(StringComparer.Ordinal)];
        }

        return held;
    }

    private static IEnumerable<string> NamesIn(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
            {
                at++;
            }

            if (at > start && !char.IsAsciiDigit(text[start]))
            {
                yield return text[start..at];
            }
        }
    }

    private void WalkConditional(ConditionalCommand conditional)
    {
        _findings.Add("shell.state", conditional.Span, "A condition");
        conditional.Words.ToList().ForEach(WalkWord);
        for (var index = 0; index < conditional.Words.Count; index++)
        {
            var compares = conditional.Words[index].Literal is "-eq" or "-ne" or "-lt" or "-le" or "-gt" or "-ge";
            var asks = conditional.Words[index].Literal is "-v" or "-R";
            foreach (var side in compares || asks ? Neighbours(conditional.Words, index) : [])
            {
                var argument = _expander.Expand(side);
                if (compares)
                {
                    RequireNumber(argument.Display, argument.Text, side.Span);
                }
                else if (!Expander.IsBoundedText(argument.Text, mayBeginWithDash: true))
                {
                    _findings.Add("shell.code", side.Span, $"`{argument.Display}`, asked for as a variable,");
                }
            }
        }
    }

    private static IEnumerable<Word> Neighbours(IReadOnlyList<Word> words, int index) =>
        new[] { index - 1, index + 1 }.Where(at => at >= 0 && at < words.Count).Select(at => words[at]);
}
