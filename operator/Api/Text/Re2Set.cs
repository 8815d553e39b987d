using System.Globalization;
using System.Text;

namespace RunbookOperator.Api;

/// <summary>A set of code points, and how .NET's expressions, which see UTF-16 units, say it.</summary>
internal sealed class Re2Set
{
    private const int Last = 0x10FFFF;
    private const int FirstAstral = 0x10000;
    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;

    private readonly List<(int From, int To)> _ranges = [];

    public static Re2Set Of(params ReadOnlySpan<(int From, int To)> ranges)
    {
        var set = new Re2Set();
        foreach (var (from, to) in ranges)
        {
            set.Add(from, to);
        }

        return set;
    }

    public void Add(int from, int to) => _ranges.Add((from, to));

    public void Add(Re2Set other) => _ranges.AddRange(other._ranges);

    public Re2Set Negated()
    {
        var result = new Re2Set();
        var next = 0;
        foreach (var (from, to) in Normalized())
        {
            if (from > next)
            {
                result.Add(next, from - 1);
            }

            next = to + 1;
        }

        if (next <= Last)
        {
            result.Add(next, Last);
        }

        return result;
    }

    /// <summary>Adds the other case of every ASCII letter. False if there is a cased letter outside ASCII among a few characters, where a person
    /// would expect folding; large ranges such as those of a negated class are taken as they are.</summary>
    public bool TryFold()
    {
        const int FewCharacters = 0x400;
        foreach (var (from, to) in _ranges.ToArray())
        {
            AddShifted(Math.Max(from, 'a'), Math.Min(to, 'z'), 'A' - 'a');
            AddShifted(Math.Max(from, 'A'), Math.Min(to, 'Z'), 'a' - 'A');
            for (var c = Math.Max(from, 0x80); to - from < FewCharacters && c <= to; c++)
            {
                if (IsCased(c))
                {
                    return false;
                }
            }
        }

        return true;
    }

    public override string ToString()
    {
        var units = new StringBuilder();
        var pairs = new List<string>();
        foreach (var (from, to) in Normalized())
        {
            AppendUnits(units, from, Math.Min(to, FirstSurrogate - 1));
            AppendUnits(units, Math.Max(from, LastSurrogate + 1), Math.Min(to, FirstAstral - 1));
            if (to >= FirstAstral)
            {
                AppendPairs(pairs, Math.Max(from, FirstAstral), to);
            }
        }

        if (units.Length > 0)
        {
            pairs.Insert(0, $"[{units}]");
        }

        return pairs.Count switch
        {
            0 => @"[^\u0000-\uFFFF]",
            1 when units.Length > 0 => pairs[0],
            _ => $"(?:{string.Join('|', pairs)})",
        };
    }

    private static bool IsCased(int c) =>
        Rune.IsValid(c) && (Rune.ToUpperInvariant(new Rune(c)).Value != c || Rune.ToLowerInvariant(new Rune(c)).Value != c);

    private static string Unit(int c) => "\\u" + c.ToString("X4", CultureInfo.InvariantCulture);

    private static string Class(int from, int to) => from == to ? Unit(from) : $"[{Unit(from)}-{Unit(to)}]";

    private static void AppendUnits(StringBuilder units, int from, int to)
    {
        if (from <= to)
        {
            units.Append(Unit(from));
            if (to > from)
            {
                units.Append('-').Append(Unit(to));
            }
        }
    }

    // A range of code points above the BMP: the rest of the first high surrogate's block, whole blocks, the start of the last one's.
    private static void AppendPairs(List<string> pairs, int from, int to)
    {
        while (from <= to)
        {
            var (high, low) = Surrogates(from);
            var (lastHigh, lastLow) = Surrogates(to);
            var wholeBlocks = low == 0xDC00 && (lastHigh > high || lastLow == 0xDFFF);
            var toHigh = !wholeBlocks ? high : lastLow == 0xDFFF ? lastHigh : lastHigh - 1;
            var toLow = wholeBlocks || lastHigh > high ? 0xDFFF : lastLow;
            pairs.Add(Class(high, toHigh) + Class(low, toLow));
            from = FirstAstral + ((toHigh - FirstSurrogate) << 10) + (toLow - 0xDC00) + 1;
        }
    }

    private static (int High, int Low) Surrogates(int c) => (FirstSurrogate + ((c - FirstAstral) >> 10), 0xDC00 + ((c - FirstAstral) & 0x3FF));

    private void AddShifted(int from, int to, int by)
    {
        if (from <= to)
        {
            Add(from + by, to + by);
        }
    }

    private List<(int From, int To)> Normalized()
    {
        var result = new List<(int From, int To)>();
        foreach (var (from, to) in _ranges.Order())
        {
            if (result.Count > 0 && from <= result[^1].To + 1)
            {
                result[^1] = (result[^1].From, Math.Max(result[^1].To, to));
            }
            else
            {
                result.Add((from, to));
            }
        }

        return result;
    }
}
