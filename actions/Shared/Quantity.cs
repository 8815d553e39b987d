using System.Globalization;

namespace RunbookOperator.Actions;

/// <summary>An amount as Kubernetes writes it: a number with a suffix, such as <c>250m</c>, <c>1.5Gi</c> or <c>2e3</c>. Pure.</summary>
internal static class Quantity
{
    /// <summary>The longest text read.</summary>
    public const int MaximumLength = 32;

    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1024m), ("Mi", 1024m * 1024), ("Gi", 1024m * 1024 * 1024), ("Ti", 1024m * 1024 * 1024 * 1024), ("Pi", 1024m * 1024 * 1024 * 1024 * 1024),
        ("n", 0.000000001m), ("u", 0.000001m), ("m", 0.001m), ("k", 1000m), ("M", 1000_000m), ("G", 1000_000_000m), ("T", 1000_000_000_000m),
        ("P", 1000_000_000_000_000m),
    ];

    /// <summary>The amount, or null if the text is none, is negative, or is more than any machine has.</summary>
    public static decimal? Parse(string? text)
    {
        if (text is not { Length: > 0 and <= MaximumLength } || !char.IsAsciiDigit(text[0]))
        {
            return null;
        }

        var (suffix, factor) = Suffixes.FirstOrDefault(known => text.EndsWith(known.Suffix, StringComparison.Ordinal));
        var number = suffix is null ? text : text[..^suffix.Length];
        var style = suffix is null ? NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent : NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(number, style, CultureInfo.InvariantCulture, out var value) && value <= MaximumValue
            ? value * (suffix is null ? 1 : factor)
            : null;
    }

    /// <summary>Whether two texts are the same amount: the API server may write it in another form.</summary>
    public static bool Same(string? left, string? right) => left == right || (Parse(left) is { } amount && amount == Parse(right));

    // 1000 decimal digits of P would overflow; no suffix makes more than 10^16 of one.
    private const decimal MaximumValue = 1_000_000_000_000m;
}
