namespace RunbookOperator.Api;

/// <summary>Reads one class in brackets.</summary>
internal sealed class Re2ClassReader(Re2Reader reader, string pattern)
{
    public Re2ClassSet Take()
    {
        var opened = reader.Offset;
        reader.Take('[');
        var negated = reader.TryTake('^');
        var set = new Re2Set();
        for (var first = true; first || !reader.TryTake(']'); first = false)
        {
            if (reader.AtEnd)
            {
                throw new Re2Exception(opened, "this [ is never closed; write \\[ for the character");
            }

            if (reader.StartsWith("-["))
            {
                throw reader.Error("RE2 has no subtraction of classes; write \\[ for the character");
            }

            TakeItem(set);
        }

        return new Re2ClassSet(set, negated);
    }

    private void TakeItem(Re2Set set)
    {
        if ((TakeNamed() ?? reader.TakePerlClass()) is { } named)
        {
            set.Add(named);
            return;
        }

        var offset = reader.Offset;
        var from = TakeCharacter();
        if (reader.Peek != '-' || reader.StartsWith("-]") || reader.StartsWith("-["))
        {
            set.Add(from, from);
            return;
        }

        reader.Skip();
        var to = reader.AtEnd ? -1 : TakeCharacter();
        if (to < from)
        {
            throw new Re2Exception(offset, "a range that runs backwards");
        }

        set.Add(from, to);
    }

    private Re2Set? TakeNamed()
    {
        var end = reader.StartsWith("[:") ? pattern.IndexOf(":]", reader.Offset + 2, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            return null;
        }

        var set = Re2Classes.Named(pattern.AsSpan()[(reader.Offset + 2)..end]) ?? throw reader.Error("there is no class of this name");
        reader.Offset = end + 2;
        return set;
    }

    private int TakeCharacter() => reader.Peek == '\\' ? reader.TakeEscape() : reader.TakeCharacter();
}
