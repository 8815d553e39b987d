using System.Globalization;

namespace RunbookOperator.Benchmarks;

/// <summary>What is measured, and how much of it.</summary>
internal sealed record Settings
{
    /// <summary>The names of the benchmarks, in the order in which they run.</summary>
    public static readonly IReadOnlyList<string> Names = ["queue", "dispatch", "decode", "sync", "watch"];

    /// <summary>Those to run. Default all.</summary>
    public IReadOnlyList<string> Only { get; private init; } = Names;

    /// <summary>How many objects the cluster holds. Default 10,000.</summary>
    public int Objects { get; private init; } = 10_000;

    /// <summary>How often floor and product are measured in turn. Default 5.</summary>
    public int Rounds { get; private init; } = 5;

    /// <summary>Where chance begins: the texts of the objects. Default 1.</summary>
    public int Seed { get; private init; } = 1;

    /// <summary>Whether a cluster is needed.</summary>
    public bool NeedsCluster => Only.Contains("sync") || Only.Contains("watch");

    /// <summary>Reads the command line.</summary>
    /// <exception cref="FormatException">Something in it is not understood.</exception>
    public static Settings Read(IReadOnlyList<string> arguments)
    {
        var settings = new Settings();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : throw new FormatException($"{arguments[i]} has no value.");
            settings = arguments[i] switch
            {
                "--only" => settings with { Only = ReadNames(value) },
                "--objects" => settings with { Objects = Number(value) },
                "--rounds" => settings with { Rounds = Number(value) },
                "--seed" => settings with { Seed = Number(value) },
                _ => throw new FormatException($"{arguments[i]} is none of --only, --objects, --rounds and --seed."),
            };
        }

        return settings;
    }

    private static IReadOnlyList<string> ReadNames(string value)
    {
        var names = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Except(Names).FirstOrDefault() is { } unknown
            ? throw new FormatException($"There is no benchmark {unknown}; there are {string.Join(", ", Names)}.")
            : names.Length > 0 ? names : Names;
    }

    private static int Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"{value} is no number above zero.");
}
