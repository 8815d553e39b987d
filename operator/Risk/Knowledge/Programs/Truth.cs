namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>An answer about words that are not always known. The order makes <c>and</c> the least.</summary>
internal enum Truth
{
    No,
    Maybe,
    Yes,
}

/// <summary>Logic of three values.</summary>
internal static class Truths
{
    public static Truth Of(bool value) => value ? Truth.Yes : Truth.No;

    public static Truth Not(this Truth truth) => (Truth)(Truth.Yes - truth);

    public static Truth All(this IEnumerable<Truth> truths) => truths.Aggregate(Truth.Yes, (a, b) => a < b ? a : b);

    public static Truth Any(this IEnumerable<Truth> truths) => truths.Aggregate(Truth.No, (a, b) => a > b ? a : b);
}
