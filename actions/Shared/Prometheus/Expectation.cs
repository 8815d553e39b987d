using System.Globalization;

namespace RunbookOperator.Actions;

/// <summary>What the series of a query should be at one moment. Pure.</summary>
/// <param name="Sign">The comparison; <c>none</c> for no series, <c>some</c> for any.</param>
/// <param name="Bound">What values are compared with.</param>
internal sealed record Expectation(string Sign, double Bound)
{
    private const string None = "none";
    private const string Some = "some";

    // The longer sign first.
    private static readonly string[] Signs = ["<=", ">=", "==", "!=", "<", ">"];

    /// <summary>Reads the input <c>expect</c>, such as <c>&lt; 0.05</c>.</summary>
    /// <exception cref="ActionException">It is none.</exception>
    public static Expectation Parse(string text)
    {
        text = text.Trim();
        if (text is None or Some)
        {
            return new Expectation(text, 0);
        }

        var sign = Array.Find(Signs, sign => text.StartsWith(sign, StringComparison.Ordinal));
        return sign is not null && double.TryParse(text.AsSpan(sign.Length), NumberStyles.Float, CultureInfo.InvariantCulture, out var bound) && double.IsFinite(bound)
            ? new Expectation(sign, bound)
            : throw new ActionException("the input expect must be a comparison such as < 0.05 (with <, <=, >, >=, == or !=), none or some");
    }

    /// <summary>Whether all series are so. No series are none, and not a number is no number: neither compares with anything.</summary>
    public bool Holds(IReadOnlyCollection<double> values) => Sign switch
    {
        None => values.Count == 0,
        Some => values.Count > 0,
        _ => values.Count > 0 && values.All(Compares),
    };

    /// <summary>As it is written.</summary>
    public override string ToString() => Sign is None or Some ? $"{Sign} expected" : $"{Sign} {Bound.ToString(CultureInfo.InvariantCulture)} expected";

    private bool Compares(double value) => !double.IsNaN(value) && Sign switch
    {
        "<" => value < Bound,
        "<=" => value <= Bound,
        ">" => value > Bound,
        ">=" => value >= Bound,
        "==" => value == Bound,
        _ => value != Bound,
    };
}
