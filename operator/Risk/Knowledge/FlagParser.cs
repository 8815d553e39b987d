using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>A flag as it was given. <paramref name="Value"/> is null if none was.</summary>
internal sealed record FlagUse(FlagSpec Flag, Argument Word, Argument? Value)
{
    /// <summary>Whether a switch is turned off by <c>=false</c>.</summary>
    public bool IsOff => Flag.Value == FlagValue.None && Value is { IsLiteral: true, Text: "false" or "0" or "f" or "F" or "FALSE" or "False" };
}

/// <summary>How a program reads its flags.</summary>
internal enum FlagStyle
{
    /// <summary>Go's pflag: long names in full, <c>-o=json</c> means <c>-o json</c>, flags anywhere before <c>--</c>.</summary>
    Pflag,

    /// <summary>GNU getopt_long: long names may be shortened, flags anywhere before <c>--</c>.</summary>
    Getopt,

    /// <summary>As <see cref="Getopt"/>, and no flag of the program does harm, so a file name that looks like one does none either.</summary>
    GetoptHarmless,

    /// <summary>As <see cref="Getopt"/>, but flags end at the first operand.</summary>
    Posix,
}

/// <summary>Tells flags, their values and operands apart, by the rules of the program's own parser.</summary>
internal sealed class FlagParser(FlagTable flags, FlagStyle style, Findings findings)
{
    private IReadOnlyList<Argument> _arguments = [];
    private int _at;

    /// <summary>The flags of the words that come next.</summary>
    public FlagTable Flags { get; set; } = flags;

    /// <summary>The flags that were given, in order.</summary>
    public List<FlagUse> Uses { get; } = [];

    /// <summary>The words that are neither flags nor their values.</summary>
    public List<Argument> Operands { get; } = [];

    /// <summary>How many of the operands stand before <c>--</c>; all of them if there is none.</summary>
    public int? OperandsBeforeDashes { get; private set; }

    /// <summary>
    /// Reads all words. <paramref name="onOperand"/> sees each operand before <c>--</c> as it comes and may change <see cref="Flags"/> for what follows.
    /// </summary>
    public void Parse(IReadOnlyList<Argument> arguments, Action<Argument>? onOperand = null)
    {
        _arguments = arguments;
        var flagsMayFollow = true;
        for (_at = 0; _at < arguments.Count; _at++)
        {
            var word = arguments[_at];
            if (flagsMayFollow && word is { Text: "--", IsLiteral: true })
            {
                OperandsBeforeDashes ??= Operands.Count;
                Operands.AddRange(arguments.Skip(_at + 1));
                return;
            }

            if (flagsMayFollow && word.Text.Length > 1 && word.Text[0] == '-')
            {
                ReadFlag(word);
                continue;
            }

            if (flagsMayFollow && (word.CouldBeFlag || (word.GlobsFromStart && style != FlagStyle.GetoptHarmless)))
            {
                findings.Add("shell.unquoted", word);
            }

            Operands.Add(word);
            if (flagsMayFollow)
            {
                onOperand?.Invoke(word);
                flagsMayFollow = style != FlagStyle.Posix;
            }
        }
    }

    /// <summary>The last use of a flag: it wins.</summary>
    public FlagUse? Last(string name) => Uses.LastOrDefault(use => use.Flag.Name == name);

    private void ReadFlag(Argument word)
    {
        if (word.Splits && word.HasOpaque)
        {
            findings.Add("shell.unquoted", word);
        }

        if (word.Text[1] == '-')
        {
            ReadLong(word);
        }
        else
        {
            ReadShort(word);
        }
    }

    private void ReadLong(Argument word)
    {
        var equals = word.Text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word.Text : word.Text[..equals];
        var flag = style != FlagStyle.Pflag ? Flags.ByPrefix(name) : Flags.Long(name);
        if (flag is null)
        {
            Unknown(word, name);
            return;
        }

        Use(flag, word, equals < 0 ? null : word.From(equals + 1));
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
            if (rest is null || flag.Value == FlagValue.Required)
            {
                // pflag drops the `=` of `-o=json`, getopt keeps it as a part of the value.
                Use(flag, word, rest is { Text: ['=', ..] } && style == FlagStyle.Pflag ? rest.From(1) : rest);
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

            value = _arguments[_at];
            if (value.Splits)
            {
                // No word or several: what follows would be read as something else.
                findings.Add("shell.unquoted", value);
            }
        }

        Uses.Add(new FlagUse(flag, word, value));
    }

    private void Unknown(Argument word, string name) =>
        findings.AddMessage("program.unknown-flag", word.Span, $"`{(word with { Text = name }).Display}` is an unknown flag.");
}
