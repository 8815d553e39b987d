using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>Tells flags, their values and operands apart, by the rules of the program's own parser.</summary>
internal sealed class FlagParser(FlagTable flags, FlagStyle style, Findings findings)
{
    private IReadOnlyList<Argument> _arguments = [];
    private int _at;

    /// <summary>The flags of the words that come next.</summary>
    public FlagTable Flags { get; set; } = flags;

    /// <summary>How the words that come next are read.</summary>
    public FlagStyle Style { get; set; } = style;

    /// <summary>Behind how many operands there are no more flags.</summary>
    public long FlagsEnd { get; set; } = style.FlagsEnd;

    /// <summary>The flags that were given, in order.</summary>
    public List<FlagUse> Uses { get; } = [];

    /// <summary>The words that are neither flags nor their values.</summary>
    public List<Argument> Operands { get; } = [];

    /// <summary>How many of the operands stand before <c>--</c>; all of them if there is none.</summary>
    public int? OperandsBeforeDashes { get; private set; }

    /// <summary>
    /// Reads all words. <paramref name="onOperand"/> sees each operand before <c>--</c> as it comes and may change what holds for those that follow.
    /// </summary>
    public void Parse(IReadOnlyList<Argument> arguments, Action<Argument>? onOperand = null)
    {
        _arguments = arguments;
        for (_at = 0; _at < arguments.Count; _at++)
        {
            var word = arguments[_at];
            if (Operands.Count >= FlagsEnd)
            {
                Operands.Add(word);
                onOperand?.Invoke(word);
                continue;
            }

            if (word is { Text: "--", IsLiteral: true })
            {
                OperandsBeforeDashes ??= Operands.Count;
                Operands.AddRange(arguments.Skip(_at + 1));
                return;
            }

            if (word.Text.Length > 1 && word.Text[0] == '-')
            {
                ReadFlag(word);
                continue;
            }

            if (word.CouldBeFlag || (word.GlobsFromStart && !Style.NamesDoNoHarm))
            {
                findings.Add("shell.unquoted", word);
            }

            if (!Style.Keys || !ReadKey(word))
            {
                Operands.Add(word);
                onOperand?.Invoke(word);
            }
        }
    }

    /// <summary>The last use of a flag: it wins.</summary>
    public FlagUse? Last(string name) => Uses.FindLast(use => use.Flag.Name == name);

    private void ReadFlag(Argument word)
    {
        if (word.Splits && word.HasOpaque)
        {
            findings.Add("shell.unquoted", word);
        }

        if (Style.SingleDash)
        {
            ReadSingle(word);
        }
        else if (word.Text[1] == '-')
        {
            ReadLong(word);
        }
        else
        {
            ReadShort(word);
        }
    }

    private bool ReadKey(Argument word)
    {
        var equals = word.Text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || Flags.Named(word.Text[..equals]) is not { } flag)
        {
            return false;
        }

        Use(flag, word, word.From(equals + 1));
        return true;
    }

    private void ReadSingle(Argument word)
    {
        var equals = word.Text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word.Text : word.Text[..equals];
        var other = name.StartsWith("--", StringComparison.Ordinal) ? name[1..] : "-" + name;
        if ((Flags.Named(name) ?? Flags.Named(other)) is { } flag)
        {
            Use(flag, word, equals < 0 ? null : word.From(equals + 1));
        }
        else if (Flags.Attached(word.Text) is var (prefix, length))
        {
            Use(prefix, word, word.From(length));
        }
        else
        {
            Unknown(word, name);
        }
    }

    private void ReadLong(Argument word)
    {
        var equals = word.Text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word.Text : word.Text[..equals];
        if ((Flags.Named(name) ?? (Style.Prefixes ? Shortened(word, name) : null) ?? Flags.Other(name)) is { } flag)
        {
            Use(flag, word, equals < 0 ? null : word.From(equals + 1));
        }
        else
        {
            Unknown(word, name);
        }
    }

    // What begins like a flag that is known here may be another one that is not: the program knows all its names, a table perhaps not.
    private FlagSpec? Shortened(Argument word, string name)
    {
        if (Flags.ByPrefix(name) is not { } flag)
        {
            return null;
        }

        findings.AddMessage("program.unknown-flag", word.Span, $"`{(word with { Text = name }).Display}` looks like `{flag.Name}`, shortened; write it whole.");
        return flag;
    }

    private void ReadShort(Argument word)
    {
        for (var index = 1; index < word.Text.Length; index++)
        {
            if (Flags.Short(word.Text[index]) is not { } flag)
            {
                Unknown(word, "-" + word.Text[index]);
                return;
            }

            var rest = word.Text.Length > index + 1 ? word.From(index + 1) : null;
            var takesRest = flag.Value is FlagValue.Required or FlagValue.Many or FlagValue.Attached || (flag.Value == FlagValue.Optional && !Style.DropsEquals);
            if (rest is null || takesRest)
            {
                Use(flag, word, rest is { Text: ['=', ..] } && Style.DropsEquals ? rest.From(1) : rest);
                return;
            }

            if (rest.Text[0] == '=')
            {
                Use(flag, word, rest.From(1));
                return;
            }

            Uses.Add(new FlagUse(flag, word, null));
        }
    }

    private void Use(FlagSpec flag, Argument word, Argument? value)
    {
        for (var taken = value is null ? 0 : 1; flag.Value == FlagValue.Required && taken < flag.Count; taken++)
        {
            if (++_at >= _arguments.Count)
            {
                findings.AddMessage("program.unknown-flag", word.Span, $"`{flag.Name}` needs a value.");
                return;
            }

            value = NextValue();
        }

        if (flag.Value == FlagValue.Many && value is null)
        {
            UseMany(flag, word);
            return;
        }

        Uses.Add(new FlagUse(flag, word, value));
    }

    private void UseMany(FlagSpec flag, Argument word)
    {
        var before = _at;
        while (_at + 1 < _arguments.Count && _arguments[_at + 1].Text is not ['-', _, ..])
        {
            _at++;
            if (_arguments[_at].CouldBeFlag)
            {
                findings.Add("shell.unquoted", _arguments[_at]);
            }

            Uses.Add(new FlagUse(flag, word, NextValue()));
        }

        if (_at == before)
        {
            Uses.Add(new FlagUse(flag, word, null));
        }
    }

    private Argument NextValue()
    {
        var value = _arguments[_at];
        if (value.Splits)
        {
            // No word or several: what follows would be read as something else.
            findings.Add("shell.unquoted", value);
        }

        return value;
    }

    private void Unknown(Argument word, string name) =>
        findings.AddMessage("program.unknown-flag", word.Span, $"`{(word with { Text = name }).Display}` is an unknown flag.");
}
