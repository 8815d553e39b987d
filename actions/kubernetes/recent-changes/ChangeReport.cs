using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>What changed lately.</summary>
/// <param name="Changes">The changes, oldest first.</param>
/// <param name="NotSeen">What could not be looked at, one sentence each.</param>
/// <param name="Narrowed">Whether only what goes by the name asked for counts.</param>
public sealed record ChangeReport(IReadOnlyList<RecentChange> Changes, IReadOnlyList<string> NotSeen, bool Narrowed);
