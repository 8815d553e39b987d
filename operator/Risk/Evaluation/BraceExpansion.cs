using System.Globalization;
using System.Text;
using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Evaluation;

/// <summary>
/// <c>{a,b}</c> and <c>{1..5}</c> of plain words, which bash expands before everything else. A shell that does not know them leaves the word as it is;
/// that word is one strange name and harms nothing.
/// </summary>
internal static class BraceExpansion
{
    /// <summary>How many words one word may become; above that it counts as not known.</summary>
    public const int MaximumWords = 256;

    /// <summary>How deep braces may nest; below that they count as not known.</summary>
    public const int MaximumDepth = 8;

    /// <summary>How many opening braces a word may hold, and how many characters; above that it counts as not known.</summary>
    public const int MaximumBraces = 24;

    private const int MaximumCharacters = 4096;

    // One unquoted character, or a part that stays whole.
    private readonly record struct Atom(char Character, WordPart Part)
    {
        public bool Is(char character) => Character == character;
    }

    /// <summary>The words that <paramref name="word"/> becomes: itself alone if it holds no braces that expand, null if that cannot be told.</summary>
    public static IReadOnlyList<Word>? Expand(Word word)
    {
        var (braces, length) = (0, 0);
        foreach (var part in word.Parts)
        {
            if (part is LiteralPart { Quoted: false } literal)
            {
                braces += literal.Text.AsSpan().Count('{');
                length += literal.Text.Length;
            }
        }

        if (braces == 0)
        {
            return [word];
        }

        if (braces > MaximumBraces || length > MaximumCharacters)
        {
            return null;
        }

        var before = Atoms(word);
        return Expand(before, depth: 0) switch
        {
            null => null,
            [var only] when only.Count == before.Count => [word],
            var words => [.. words.Where(atoms => atoms.Count > 0).Select(atoms => new Word(word.Span, Parts(atoms)))],
        };
    }

    private static List<Atom> Atoms(Word word)
    {
        var atoms = new List<Atom>();
        foreach (var part in word.Parts)
        {
            if (part is LiteralPart { Quoted: false } literal)
            {
                atoms.AddRange(literal.Text.Select(character => new Atom(character, part)));
            }
            else
            {
                atoms.Add(new Atom('\0', part));
            }
        }

        return atoms;
    }

    private static List<WordPart> Parts(List<Atom> atoms)
    {
        var parts = new List<WordPart>();
        var text = new StringBuilder();
        foreach (var atom in atoms)
        {
            if (atom.Character != '\0')
            {
                text.Append(atom.Character);
                continue;
            }

            Flush();
            parts.Add(atom.Part);
        }

        Flush();
        return parts;

        void Flush()
        {
            if (text.Length > 0)
            {
                parts.Add(new LiteralPart(atoms.Find(atom => atom.Character != '\0').Part.Span, Quoted: false, text.ToString()));
                text.Clear();
            }
        }
    }

    private static List<List<Atom>>? Expand(List<Atom> atoms, int depth)
    {
        var open = atoms.FindIndex(atom => atom.Is('{'));
        if (open < 0)
        {
            return [atoms];
        }

        var close = Closing(atoms, open);
        if (depth > MaximumDepth || close < 0)
        {
            // Without a closing one, what bash makes of the braces inside depends on where they stand.
            return atoms.Exists(atom => atom.Is('}')) || depth > MaximumDepth ? null : [atoms];
        }

        var choices = Choices(atoms.GetRange(open + 1, close - open - 1), depth);
        var rest = Expand(atoms.GetRange(close + 1, atoms.Count - close - 1), depth);
        if (choices is null || rest is null || (long)choices.Count * rest.Count > MaximumWords)
        {
            return null;
        }

        var before = atoms.GetRange(0, open);
        return [.. choices.SelectMany(choice => rest.Select(tail => (List<Atom>)[.. before, .. choice, .. tail]))];
    }

    private static int Closing(List<Atom> atoms, int open)
    {
        var depth = 0;
        for (var at = open; at < atoms.Count; at++)
        {
            depth += atoms[at].Is('{') ? 1 : atoms[at].Is('}') ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return -1;
    }

    // What stands between the braces: a list, a sequence, or text that keeps its braces.
    private static List<List<Atom>>? Choices(List<Atom> inside, int depth)
    {
        var items = Items(inside);
        if (items.Count > 1)
        {
            if (!inside.TrueForAll(atom => char.IsAsciiLetterOrDigit(atom.Character) || "._:/@%+=-,{}".Contains(atom.Character)))
            {
                // Such text is more often data for a program, which a shell without braces hands over whole.
                return null;
            }

            var expanded = items.Select(item => Expand(item, depth + 1)).ToList();
            return expanded.Contains(null) ? null : [.. expanded.SelectMany(item => item!)];
        }

        if (inside.Exists(atom => atom.Is('{') || atom.Is('}')))
        {
            return null;
        }

        if (inside.Exists(atom => atom.Character == '\0'))
        {
            // `{1..$n}` stays what it is in bash and becomes numbers in others.
            return inside.Zip(inside.Skip(1)).Any(pair => pair.First.Is('.') && pair.Second.Is('.')) ? null : [Kept(inside)];
        }

        return Sequence(inside) ?? [Kept(inside)];
    }

    private static List<Atom> Kept(List<Atom> inside)
    {
        var part = inside.Count > 0 ? inside[0].Part : new LiteralPart(default, Quoted: false, "");
        return [new Atom('{', part), .. inside, new Atom('}', part)];
    }

    private static List<List<Atom>> Items(List<Atom> inside)
    {
        var items = new List<List<Atom>> { new() };
        var depth = 0;
        foreach (var atom in inside)
        {
            depth += atom.Is('{') ? 1 : atom.Is('}') ? -1 : 0;
            if (depth == 0 && atom.Is(','))
            {
                items.Add([]);
            }
            else
            {
                items[^1].Add(atom);
            }
        }

        return items;
    }

    /// <summary><c>1..5</c>, <c>01..10..2</c>, <c>a..e</c>; null if it is none, or one that is too long.</summary>
    private static List<List<Atom>>? Sequence(List<Atom> inside)
    {
        var ends = string.Concat(inside.Select(atom => atom.Character)).Split("..");
        if (ends.Length is < 2 or > 3 || (ends.Length == 3 && !IsNumber(ends[2])))
        {
            return null;
        }

        var step = ends.Length == 3 ? Math.Max(1, Math.Abs(int.Parse(ends[2], CultureInfo.InvariantCulture))) : 1;
        if (IsNumber(ends[0]) && IsNumber(ends[1]))
        {
            var width = ends[..2].Any(end => end.TrimStart('-') is ['0', _, ..]) ? ends[..2].Max(end => end.Length) : 0;
            return Steps(int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[1], CultureInfo.InvariantCulture), step)
                .Select(number => Of(number.ToString(number < 0 ? $"D{Math.Max(width - 1, 1)}" : $"D{Math.Max(width, 1)}", CultureInfo.InvariantCulture))).ToList();
        }

        return ends[0] is [var first] && ends[1] is [var last] && char.IsAsciiLetter(first) && char.IsAsciiLetter(last) && char.IsAsciiLetterUpper(first) == char.IsAsciiLetterUpper(last)
            ? Steps(first, last, step).Select(letter => Of(((char)letter).ToString())).ToList()
            : null;

        List<Atom> Of(string text) => [.. text.Select(character => new Atom(character, inside[0].Part))];
    }

    private static bool IsNumber(string text) => text.TrimStart('-') is { Length: > 0 and < 8 } digits && text.Length - digits.Length < 2 && digits.All(char.IsAsciiDigit);

    // One more than is allowed says that there are too many.
    private static IEnumerable<int> Steps(int first, int last, int step)
    {
        var count = Math.Min(Math.Abs(last - first) / step, MaximumWords) + 1;
        return Enumerable.Range(0, count).Select(index => first + (first <= last ? index : -index) * step);
    }
}
