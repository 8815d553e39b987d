using System.Collections.Frozen;

namespace RunbookOperator.Api;

/// <summary>The named classes of RE2. All are ASCII.</summary>
internal static class Re2Classes
{
    private static readonly FrozenDictionary<string, (int, int)[]> Posix = new Dictionary<string, (int, int)[]>(StringComparer.Ordinal)
    {
        ["alnum"] = [('0', '9'), ('A', 'Z'), ('a', 'z')],
        ["alpha"] = [('A', 'Z'), ('a', 'z')],
        ["ascii"] = [(0, 0x7F)],
        ["blank"] = [('\t', '\t'), (' ', ' ')],
        ["cntrl"] = [(0, 0x1F), (0x7F, 0x7F)],
        ["digit"] = [('0', '9')],
        ["graph"] = [('!', '~')],
        ["lower"] = [('a', 'z')],
        ["print"] = [(' ', '~')],
        ["punct"] = [('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        ["space"] = [('\t', '\r'), (' ', ' ')],
        ["upper"] = [('A', 'Z')],
        ["word"] = [('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_')],
        ["xdigit"] = [('0', '9'), ('A', 'F'), ('a', 'f')],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The class of <c>\d</c>, <c>\w</c>, <c>\s</c> or their negations; null for any other letter.</summary>
    public static Re2Set? Perl(char letter) => letter switch
    {
        'd' => Re2Set.Of(('0', '9')),
        'D' => Re2Set.Of(('0', '9')).Negated(),
        'w' => Re2Set.Of(Posix["word"]),
        'W' => Re2Set.Of(Posix["word"]).Negated(),
        's' => Re2Set.Of(('\t', '\n'), ('\f', '\r'), (' ', ' ')),
        'S' => Re2Set.Of(('\t', '\n'), ('\f', '\r'), (' ', ' ')).Negated(),
        _ => null,
    };

    /// <summary>The class <c>[:name:]</c> or <c>[:^name:]</c>; null if there is none of that name.</summary>
    public static Re2Set? Named(ReadOnlySpan<char> name)
    {
        var negated = name.StartsWith('^');
        var lookup = Posix.GetAlternateLookup<ReadOnlySpan<char>>();
        return !lookup.TryGetValue(negated ? name[1..] : name, out var ranges) ? null
            : negated ? Re2Set.Of(ranges).Negated() : Re2Set.Of(ranges);
    }
}
