namespace RunbookOperator.Benchmarks.Report;

/// <summary>What the rounds of one measurement gave, in their order.</summary>
/// <param name="Values">One number a round.</param>
internal sealed record Samples(IReadOnlyList<double> Values)
{
    public double Median => At(0.5);

    public double Min => Values.Min();

    public double Max => Values.Max();

    /// <summary>The value that a part of all samples does not exceed (nearest rank).</summary>
    public double At(double part)
    {
        var sorted = Values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>Round by round, this through <paramref name="floor"/>: what disturbs the machine disturbs both halves of a round.</summary>
    public Samples Through(Samples floor) => new([.. Values.Zip(floor.Values, static (ours, floor) => ours / floor)]);
}
