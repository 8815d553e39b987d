namespace RunbookOperator.Benchmarks.Report;

/// <summary>What Linux tells of the machine and of this process.</summary>
internal static class Machine
{
    /// <summary>One, five and fifteen minutes.</summary>
    public static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);

    /// <summary>The processor's name.</summary>
    public static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";

    /// <summary>A size of this process in bytes: <c>VmRSS</c> what is resident now, <c>VmHWM</c> the most there ever was, <c>RssAnon</c>
    /// without files.</summary>
    public static long ProcessBytes(string field) =>
        File.ReadLines("/proc/self/status").Where(line => line.StartsWith(field + ":", StringComparison.Ordinal))
            .Select(static line => long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024).First();
}
