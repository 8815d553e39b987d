namespace RunbookOperator.Benchmarks;

/// <summary>Tells whoever waits what is going on, apart from the results.</summary>
internal static class Progress
{
    public static void Say(string text) => Console.Error.WriteLine($"== {text}");
}
