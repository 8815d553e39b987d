using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace RunbookOperator.Api;

/// <summary>Reads an expression as RE2 does and writes one that .NET reads the same way.</summary>
internal sealed class Re2Translator
{
    private readonly Re2Reader _reader;
    private readonly StringBuilder _output = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly bool _nameAll;
    private int _groups;
    private bool _unnamed;
    private Flags _flags;

    private Re2Translator(string pattern, bool nameAll)
    {
        _reader = new Re2Reader(pattern);
        _nameAll = nameAll;
    }

    /// <summary>Translates <paramref name="pattern"/>.</summary>
    /// <exception cref="Re2Exception">It is not RE2, or cannot be translated.</exception>
    public static string Translate(string pattern)
    {
        var first = new Re2Translator(pattern, nameAll: false);
        var text = first.Run();

        // .NET numbers named groups after the others. Where both kinds stand, all get names, so that they are numbered in order.
        return first._names.Count > 0 && first._unnamed ? new Re2Translator(pattern, nameAll: true).Run() : text;
    }

    private string Run()
    {
        var size = Alternatives(0);
        if (!_reader.AtEnd)
        {
            throw _reader.Error("this ) closes nothing; write \\) for the character");
        }

        CheckSize(size.Characters, 0);
        return _output.ToString();
    }

    private Size Alternatives(int depth)
    {
        if (depth > Re2.MaximumDepth)
        {
            throw _reader.Error($"groups are nested deeper than {Re2.MaximumDepth}");
        }

        var total = new Size(0, 1);
        while (!_reader.AtEnd && _reader.Peek != ')')
        {
            if (_reader.TryTake('|'))
            {
                _output.Append('|');
                continue;
            }

            var size = Repeated(depth);
            total = new Size(total.Characters + size.Characters, Math.Max(total.Repeat, size.Repeat));
        }

        return total;
    }

    private Size Repeated(int depth)
    {
        var offset = _reader.Offset;
        var start = _output.Length;
        if (_reader.StartsWith("(?") && TryFlags())
        {
            return new Size(0, 1);
        }

        var size = Atom(depth);
        if (_reader.TakeRepeat() is not { } repeat)
        {
            return size;
        }

        if (_reader.PeekRepeat())
        {
            throw _reader.Error("a repetition cannot be repeated; put the first in (?:…)");
        }

        _output.Insert(start, "(?:").Append(')').Append(repeat.Text);
        if (repeat.Lazy != _flags.HasFlag(Flags.Ungreedy))
        {
            _output.Append('?');
        }

        var product = (long)size.Repeat * Math.Max(repeat.Count, 1);
        if (product > Re2.MaximumRepeat)
        {
            throw new Re2Exception(offset, $"nested repetitions stand for more than {Re2.MaximumRepeat} copies");
        }

        CheckSize((long)Math.Max(size.Characters, 1) * Math.Max(repeat.Count, 1), offset);
        return new Size(Math.Max(size.Characters, 1) * Math.Max(repeat.Count, 1), (int)product);
    }

    private static void CheckSize(long characters, int offset)
    {
        if (characters > Re2.MaximumSize)
        {
            throw new Re2Exception(offset, $"the expression stands for more than {Re2.MaximumSize} characters once repetitions are written out");
        }
    }

    private Size Atom(int depth)
    {
        switch (_reader.Peek)
        {
            case '(':
                return Group(depth);
            case '[':
                return Set(_reader.TakeClass());
            case '.':
                _reader.Skip();
                return Set(_flags.HasFlag(Flags.DotAll) ? new Re2Set().Negated() : Re2Set.Of(('\n', '\n')).Negated(), fold: false);
            case '^':
                _reader.Skip();
                return Raw(_flags.HasFlag(Flags.Multiline) ? "(?m:^)" : @"\A");
            case '$':
                _reader.Skip();
                return Raw(_flags.HasFlag(Flags.Multiline) ? "(?m:$)" : @"\z");
            case '*' or '+' or '?' or '{' when _reader.PeekRepeat():
                throw _reader.Error($"there is nothing before this {_reader.Peek} to repeat; write \\{_reader.Peek} for the character");
            case '\\':
                return Escape();
            default:
                return Literal(_reader.TakeCharacter());
        }
    }

    private Size Escape()
    {
        if (_reader.TakeQuoted() is { } quoted)
        {
            return Quoted(quoted);
        }

        if (_reader.TakeAnchor() is { } anchor)
        {
            return Raw(anchor);
        }

        return _reader.TakePerlClass() is { } set ? Set(set) : Literal(_reader.TakeEscape());
    }

    // A repetition behind \E is about the last character alone.
    private Size Quoted(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        if (runes.Length == 0)
        {
            return Raw("(?:)");
        }

        foreach (var rune in runes[..^1])
        {
            Literal(rune.Value);
        }

        if (runes.Length > 1 && _reader.PeekRepeat())
        {
            throw _reader.Error("put what is to be repeated behind \\E");
        }

        return new Size(runes.Length, Literal(runes[^1].Value).Repeat);
    }

    private Size Group(int depth)
    {
        var opened = _reader.Offset;
        var outer = _flags;
        _reader.Skip();
        if (!_reader.TryTake('?'))
        {
            _unnamed = true;
            _groups++;
            _output.Append(_nameAll ? $"(?<__{_groups.ToString(CultureInfo.InvariantCulture)}>" : "(");
        }
        else if (_reader.TakeGroupName() is { } name)
        {
            _groups++;
            if (!_names.Add(name))
            {
                throw new Re2Exception(opened, $"two groups are called {name}");
            }

            _output.Append("(?<").Append(name).Append('>');
        }
        else
        {
            ReadFlags();
            _reader.Take(':');
            _output.Append("(?:");
        }

        var size = Alternatives(depth + 1);
        if (!_reader.TryTake(')'))
        {
            throw new Re2Exception(opened, "this ( is never closed; write \\( for the character");
        }

        _output.Append(')');
        _flags = outer;
        return size;
    }

    /// <summary>Takes <c>(?i)</c>, which holds to the end of the group. False, with nothing taken, for any other group.</summary>
    private bool TryFlags()
    {
        var (offset, before) = (_reader.Offset, _flags);
        _reader.Skip(2);
        if (_reader.IsFlag)
        {
            ReadFlags();
            if (_reader.TryTake(')'))
            {
                if (_reader.PeekRepeat())
                {
                    throw _reader.Error("flags cannot be repeated");
                }

                return true;
            }
        }

        _reader.Offset = offset;
        _flags = before;
        return false;
    }

    private void ReadFlags()
    {
        var on = true;
        while (!_reader.AtEnd && _reader.Peek is not (':' or ')'))
        {
            var flag = _reader.Peek switch
            {
                'i' => Flags.IgnoreCase,
                'm' => Flags.Multiline,
                's' => Flags.DotAll,
                'U' => Flags.Ungreedy,
                '-' when on => Flags.None,
                _ => throw _reader.UnknownGroup(),
            };
            on &= _reader.Peek != '-';
            _flags = on ? _flags | flag : _flags & ~flag;
            _reader.Skip();
        }
    }

    private Size Literal(int character) => Set(Re2Set.Of((character, character)));

    private Size Set(Re2ClassSet set) => Set(set.Negated ? Folded(set.Set).Negated() : set.Set, fold: !set.Negated);

    private Size Set(Re2Set set, bool fold = true) => Raw((fold ? Folded(set) : set).ToString(), 1);

    private Re2Set Folded(Re2Set set) => !_flags.HasFlag(Flags.IgnoreCase) || set.TryFold()
        ? set
        : throw _reader.Error("(?i) is for ASCII letters only; write both letters, such as [éÉ]");

    private Size Raw(string text, int characters = 0)
    {
        _output.Append(text);
        return new Size(characters, 1);
    }

    [Flags]
    private enum Flags
    {
        None = 0,
        IgnoreCase = 1,
        Multiline = 2,
        DotAll = 4,
        Ungreedy = 8,
    }

    /// <summary>How large a part is: characters once repetitions are written out, and the product of its nested counts.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Size(int Characters, int Repeat);
}
