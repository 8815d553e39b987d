namespace RunbookOperator.Risk.Knowledge;

/// <summary>How a flag takes its value.</summary>
internal enum FlagValue
{
    /// <summary>None needed; a long switch may be given <c>=false</c>.</summary>
    None,

    /// <summary>Attached or in the next word.</summary>
    Required,

    /// <summary>Attached behind <c>=</c> only.</summary>
    Optional,
}

/// <summary>One flag of a program.</summary>
/// <param name="Name">Its long name with dashes, or its short one if there is no other.</param>
/// <param name="Short">Its one letter, or NUL.</param>
/// <param name="Value">How it takes its value.</param>
/// <param name="Count">How many words it takes as its value; 1 but for rare flags such as jq's <c>--arg</c>.</param>
internal sealed record FlagSpec(string Name, char Short, FlagValue Value, int Count = 1);

/// <summary>The flags known at one place.</summary>
internal sealed class FlagTable
{
    private readonly Dictionary<string, FlagSpec> _long = new(StringComparer.Ordinal);
    private readonly Dictionary<char, FlagSpec> _short = [];

    /// <summary>Reads <c>--switch --value= --optional? -x/--both= --two==</c>, on top of <paramref name="parent"/>.</summary>
    public FlagTable(FlagTable? parent, IEnumerable<string> declarations)
    {
        if (parent is not null)
        {
            _long = new(parent._long, StringComparer.Ordinal);
            _short = new(parent._short);
        }

        foreach (var declaration in declarations.SelectMany(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            Add(declaration);
        }
    }

    /// <summary>The flag with this long name.</summary>
    public FlagSpec? Long(string name) => _long.GetValueOrDefault(name);

    /// <summary>The flag with this letter.</summary>
    public FlagSpec? Short(char letter) => _short.GetValueOrDefault(letter);

    /// <summary>The flag with this long name, or the only one that begins with it.</summary>
    public FlagSpec? ByPrefix(string name) =>
        Long(name) ?? (_long.Where(pair => pair.Key.StartsWith(name, StringComparison.Ordinal)).Take(2).ToList() is [var only] ? only.Value : null);

    private void Add(string declaration)
    {
        var names = declaration.TrimEnd('=', '?').Split('/');
        var value = declaration[^1] switch { '=' => FlagValue.Required, '?' => FlagValue.Optional, _ => FlagValue.None };
        var letter = names[0] is ['-', not '-' and var only] ? only : '\0';
        var flag = new FlagSpec(names[^1], letter, value, declaration.EndsWith("==", StringComparison.Ordinal) ? 2 : 1);
        if (letter != '\0')
        {
            _short[letter] = flag;
        }

        if (flag.Name.StartsWith("--", StringComparison.Ordinal))
        {
            _long[flag.Name] = flag;
        }
    }
}
