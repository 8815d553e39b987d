using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Tests.Differential;

/// <summary>A text that one of the two parsers refuses; bash decides who is right.</summary>
internal sealed class Question(string text, string? ourError)
{
    public string Text => text;

    /// <summary>Why we refuse it; null if the other does.</summary>
    public string? OurError => ourError;

    public bool BashAccepts { get; set; }
}

/// <summary>What came of a comparison.</summary>
internal sealed class Counts
{
    private readonly SortedDictionary<string, int> _deviations = new(StringComparer.Ordinal);

    public int Same { get; set; }

    public int BothRefuse { get; set; }

    public int Exempt { get; set; }

    public int RefusedByUs { get; private set; }

    public int RefusedByThem { get; private set; }

    public int RefusedByBashToo { get; private set; }

    public int Otherwise { get; private set; }

    /// <summary>What nobody has explained.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>Takes up what bash says.</summary>
    public void Judge(Question question)
    {
        if (question.OurError is not { } error)
        {
            RefusedByThem++;
            if (!question.BashAccepts)
            {
                Wrong.Add($"we alone take: {question.Text}");
            }
        }
        else if (!question.BashAccepts)
        {
            RefusedByBashToo++;
        }
        else
        {
            RefusedByUs++;
            Note(Deviations.ReasonFor(error), $"we alone refuse, because {error}: {question.Text}");
        }
    }

    /// <summary>Takes up a text in which the two see other words.</summary>
    public void ReadOtherwise(string text, ShellList tree, Reading theirs)
    {
        Otherwise++;
        Note(Deviations.ReadOtherwise(text, tree), $"{text}\nours:\n{Reading.Of(text)}\ntheirs:\n{theirs}");
    }

    public override string ToString() =>
        $"same {Same}, refused by both {BothRefuse}, by us and bash {RefusedByBashToo}, by us alone {RefusedByUs}, by the other alone {RefusedByThem}, "
        + $"read otherwise {Otherwise}, exempt {Exempt}, unexplained {Wrong.Count}\n"
        + string.Join('\n', _deviations.Select(row => $"{row.Value,6}  {row.Key}"));

    private void Note(string? deviation, string description)
    {
        if (deviation is null)
        {
            Wrong.Add(description);
        }
        else
        {
            _deviations[deviation] = _deviations.GetValueOrDefault(deviation) + 1;
        }
    }
}
