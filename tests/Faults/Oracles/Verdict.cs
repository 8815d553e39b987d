namespace RunbookOperator.Faults;

/// <summary>All oracles over what happened in an arena.</summary>
internal static class Verdict
{
    /// <summary>Everything that may not be. Asked when all has come to rest.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(Bench bench, Arena arena, IEnumerable<SentAlert> taken)
    {
        await bench.CatchUpAsync(arena);
        var (objects, workloads) = (bench.Objects.Versions, bench.Workloads.Versions);
        var broken = RunHistory.Broken(objects, arena.Namespace)
            .Concat(EffectLedger.Broken(objects, workloads, arena.Namespace))
            .Concat(AlertLedger.Broken(objects, arena.Namespace, taken))
            .Concat(AuditLog.Broken(bench.Cluster.AuditLog, arena.Namespace, EffectLedger.Of(workloads, arena.Namespace)))
            .Concat(await TrailCheck.BrokenAsync(bench.Client, arena.Namespace))
            .ToList();
        if (bench.Objects.Gaps + bench.Workloads.Gaps > 0)
        {
            broken.Add("a part of the history was forgotten before it was read: the model has a gap");
        }

        return broken;
    }
}
