namespace RunbookOperator.Benchmarks.Report;

/// <summary>One line of the table.</summary>
/// <param name="Benchmark">The benchmark's name.</param>
/// <param name="What">What was measured.</param>
/// <param name="Unit">In what.</param>
/// <param name="Ours">The product.</param>
/// <param name="Floor">What it is measured against; null where there is nothing to compare with.</param>
/// <param name="FloorIs">What the floor does.</param>
internal sealed record Line(string Benchmark, string What, string Unit, Samples Ours, Samples? Floor = null, string FloorIs = "")
{
    /// <summary>By how much a floor may move between rounds before its ratios are not to be trusted.</summary>
    public const double MaxDrift = 0.25;

    /// <summary>Ours through the floor, round by round.</summary>
    public Samples? Ratio => Floor is null ? null : Ours.Through(Floor);

    /// <summary>Whether the floor stayed where it was.</summary>
    public bool IsSteady => Floor is null || (Floor.Max - Floor.Min) / Floor.Median <= MaxDrift;
}
