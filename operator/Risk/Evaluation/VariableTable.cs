using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Evaluation;

/// <summary>
/// What the whole text does to its variables, gathered before anything is judged. It does not follow the flow: a value counts as known only
/// if one assignment gives it, in this shell, unconditionally, before its use. Anything else is the worst of all assignments.
/// </summary>
internal sealed class VariableTable
{
    private readonly Dictionary<string, List<Source>> _sources = new(StringComparer.Ordinal);

    /// <summary>
    /// One place that gives a variable a value; a null <paramref name="Value"/> is a value that cannot be known. With
    /// <paramref name="IsOneOfMany"/> the variable gets one field of the value, as in a loop.
    /// </summary>
    internal sealed record Source(Word? Value, int End, bool Unconditional, bool Appends, bool IsOneOfMany);

    /// <summary>Whether an option has been set that makes unset variables empty instead of an error.</summary>
    public bool AllowsUnset { get; set; }

    /// <summary>Whether a shell that has run the text is another than before.</summary>
    public bool ChangesAnything => AllowsUnset || _sources.Count > 0 || Functions.Count > 0;

    /// <summary>Names of functions with the place from where they are surely defined.</summary>
    public Dictionary<string, int> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>The assignments of <paramref name="name"/>.</summary>
    public IReadOnlyList<Source> SourcesOf(string name) => _sources.TryGetValue(name, out var sources) ? sources : [];

    /// <summary>Notes an assignment.</summary>
    public void Add(string name, Source source)
    {
        if (!_sources.TryGetValue(name, out var sources))
        {
            _sources[name] = sources = [];
        }

        sources.Add(source);
    }

    /// <summary>
    /// The same for the text <paramref name="inner"/>, run by a shell that this text starts: what is set here may be there or not, and there an unset
    /// variable is empty.
    /// </summary>
    public VariableTable ForAnotherShell(VariableTable inner)
    {
        inner.AllowsUnset = true;
        foreach (var name in _sources.Keys)
        {
            inner.AddUnknown(name, 0);
        }

        return inner;
    }

    /// <summary>Notes a value that cannot be known.</summary>
    public void AddUnknown(string name, int end) => Add(name, new Source(null, end, Unconditional: false, Appends: false, IsOneOfMany: false));
}
