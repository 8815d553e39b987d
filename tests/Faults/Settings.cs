using System.Globalization;

namespace RunbookOperator.Faults;

/// <summary>What the programme was asked for.</summary>
internal sealed record Settings
{
    /// <summary>The families to run; empty for all.</summary>
    public IReadOnlySet<string> Only { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>What decides the random choices. Default 1.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>How much of each family: 1 is the full dose for two cores.</summary>
    public double Dose { get; private init; } = 1;

    /// <summary>Whether the table goes into docs/reliability.md.</summary>
    public bool Write { get; private init; }

    /// <summary>Reads <c>--only F1,F6 --seed 1 --dose 1 --write</c>.</summary>
    /// <exception cref="FormatException">Something else was given.</exception>
    public static Settings Read(IReadOnlyList<string> args)
    {
        var settings = new Settings();
        for (var i = 0; i < args.Count; i++)
        {
            settings = (args[i], i + 1 < args.Count ? args[i + 1] : null) switch
            {
                ("--write", _) => settings with { Write = true },
                ("--only", { } only) when ++i > 0 => settings with { Only = Families(only) },
                ("--seed", { } seed) when ++i > 0 => settings with { Seed = int.Parse(seed, CultureInfo.InvariantCulture) },
                ("--dose", { } dose) when ++i > 0 => settings with { Dose = Positive(double.Parse(dose, CultureInfo.InvariantCulture)) },
                var (unknown, _) => throw new FormatException($"unknown argument {unknown}"),
            };
        }

        return settings;
    }

    private static double Positive(double dose) => dose > 0 ? dose : throw new FormatException("the dose must be more than 0");

    private static HashSet<string> Families(string text)
    {
        var wanted = text.Split(',').ToHashSet(StringComparer.Ordinal);
        var known = Family.All.Select(static family => family.Id).ToHashSet(StringComparer.Ordinal);
        return wanted.IsSubsetOf(known) ? wanted : throw new FormatException($"the families are {string.Join(", ", known)}");
    }
}
