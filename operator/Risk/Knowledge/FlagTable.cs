using System.Buffers;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>The flags known at one place: its own, and those of the places above that hold here too.</summary>
internal sealed class FlagTable(FlagTable? parent)
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly Dictionary<string, FlagSpec> _names = new(StringComparer.Ordinal);

    /// <summary>A table of its own.</summary>
    public static FlagTable Of(string declarations)
    {
        var table = new FlagTable(null);
        table.Declare(declarations.Split(' '));
        return table;
    }

    /// <summary>The flag with this name, dashes included.</summary>
    public FlagSpec? Named(string name) => _names.TryGetValue(name, out var flag) ? flag : parent?.Named(name);

    /// <summary>The flag with this letter.</summary>
    public FlagSpec? Short(char letter) => Named($"-{letter}") ?? (char.IsAsciiDigit(letter) ? Named("-#") : null);

    /// <summary>The flag with this long name, or the only one that begins with it.</summary>
    public FlagSpec? ByPrefix(string name) =>
        Named(name) ?? (All().Where(pair => pair.Key.StartsWith(name, StringComparison.Ordinal)).Select(pair => pair.Value.Name).Distinct().Take(2).ToList() is [var only]
            ? Named(only)
            : null);

    /// <summary>
    /// What stands for long flags that are not listed, if the table takes them: none whose name one that is listed begins with, which could be
    /// a shorter way to write it.
    /// </summary>
    public FlagSpec? Other(string name) =>
        name.Length > 2 && name.AsSpan(2).IndexOfAnyExcept(NameCharacters) < 0 && !All().Any(pair => pair.Key.StartsWith(name, StringComparison.Ordinal)) ? Named("--") : null;

    /// <summary>The flag whose name <paramref name="word"/> begins with, and whose value is the rest.</summary>
    public (FlagSpec Flag, int Length)? Attached(string word) =>
        All().Where(pair => pair.Value.Value == FlagValue.Attached && word.StartsWith(pair.Key, StringComparison.Ordinal))
            .OrderByDescending(pair => pair.Key.Length).Select(pair => ((FlagSpec, int)?)(pair.Value, pair.Key.Length)).FirstOrDefault();

    /// <summary>Adds <c>--switch --value= --optional? --many* -D^ --two== -x/--other/--names= --[no-]both</c>.</summary>
    public void Declare(IEnumerable<string> declarations)
    {
        foreach (var declaration in declarations)
        {
            if (declaration.Contains("[no-]", StringComparison.Ordinal))
            {
                Add(declaration.Replace("[no-]", "", StringComparison.Ordinal));
                Add(string.Join('/', declaration.TrimEnd('=', '?', '*').Split('/').Where(name => name.Contains("[no-]", StringComparison.Ordinal)))
                    .Replace("[no-]", "no-", StringComparison.Ordinal));
            }
            else
            {
                Add(declaration);
            }
        }
    }

    /// <summary>Adds what the flag <paramref name="name"/> does, wherever it is declared; false if it is not.</summary>
    public bool Affect(string name, IReadOnlyList<Effect> effects)
    {
        if (Named(name) is not { } flag)
        {
            return false;
        }

        var affected = flag with { Effects = [.. flag.Effects, .. effects] };
        foreach (var (other, _) in All().Where(pair => ReferenceEquals(pair.Value, flag)).ToList())
        {
            _names[other] = affected;
        }

        return true;
    }

    /// <summary>Whether the flag is declared right here.</summary>
    public bool Declares(string name) => _names.ContainsKey(name);

    /// <summary>All names with their flags; what is declared here hides what is declared above.</summary>
    public IEnumerable<KeyValuePair<string, FlagSpec>> All() =>
        parent is null ? _names : _names.Concat(parent.All().Where(pair => !_names.ContainsKey(pair.Key)));

    private void Add(string declaration)
    {
        var names = declaration.TrimEnd('=', '?', '*', '^').Split('/');
        var value = declaration[^1] switch
        {
            '=' => FlagValue.Required,
            '?' => FlagValue.Optional,
            '*' => FlagValue.Many,
            '^' => FlagValue.Attached,
            _ => FlagValue.None,
        };
        var letter = names.FirstOrDefault(name => name is ['-', not '-']) is { } single ? single[1] : '\0';
        var flag = new FlagSpec(names[^1], letter, value, declaration.EndsWith("==", StringComparison.Ordinal) ? 2 : 1);
        foreach (var name in names)
        {
            _names[name] = flag;
        }
    }
}
