using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Admission;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Observability;
using RunbookOperator.Tests.Acting;

namespace RunbookOperator.Tests.Recording;

public sealed class AuditChainTests
{
    private static readonly HmacKeys Keys = new([.. Enumerable.Repeat((byte)1, HmacKeys.Length)]);

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, 777, TimeSpan.Zero);

    [Fact]
    public void Whoever_has_the_key_gets_the_same_head_from_what_was_stored()
    {
        var stored = Stored(Trail());

        Assert.Equal(stored.Head, Recompute(stored.Entries!));
        Assert.Equal(3, stored.Entries!.Count);
    }

    [Fact]
    public void Each_entry_that_was_changed_left_out_added_or_moved_is_found()
    {
        var stored = Stored(Trail());
        for (var i = 0; i < stored.Entries!.Count; i++)
        {
            var entry = stored.Entries[i];
            AuditEntry[] forged = [entry with { Actor = "sam" }, entry with { What = "approved!" }, entry with { Step = "other" }, entry with { Digest = "other" }, entry with { At = entry.At.AddSeconds(1) }];
            Assert.All(forged, other => Assert.NotEqual(stored.Head, Recompute([.. stored.Entries[..i], other, .. stored.Entries[(i + 1)..]])));
            Assert.NotEqual(stored.Head, Recompute([.. stored.Entries[..i], .. stored.Entries[(i + 1)..]]));
            Assert.NotEqual(stored.Head, Recompute([.. stored.Entries[..i], entry, .. stored.Entries[i..]]));
        }

        Assert.NotEqual(stored.Head, Recompute([.. stored.Entries.AsEnumerable().Reverse()]));
        Assert.NotEqual(stored.Head, Recompute(stored.Entries, new HmacKeys([.. Enumerable.Repeat((byte)2, HmacKeys.Length)])));
    }

    [Fact]
    public void Nothing_new_changes_nothing()
    {
        Assert.Null(AuditChain.Append(null, [], Keys));
        var trail = Trail();
        Assert.Same(trail, AuditChain.Append(trail, [], Keys));
    }

    [Fact]
    public void The_newest_entries_stay_and_the_head_still_holds_all()
    {
        var entries = Enumerable.Range(0, Limits.AuditEntries + 5).Select(i => Entry($"e{i}")).ToList();
        var trail = AuditChain.Append(null, entries, Keys)!;

        Assert.Equal(("e5", Limits.AuditEntries), (trail.Entries![0].What, trail.Entries.Count));
        Assert.Equal(trail.Head, Recompute([.. entries.Select(AuditChain.Bounded)]));
    }

    [Fact]
    public void Who_acted_is_kept_as_far_as_a_user_name_goes()
    {
        var name = "https://accounts.example.com/realms/company#" + new string('7', 120);

        Assert.Equal(name, AuditChain.Bounded(Entry("x") with { Actor = name }).Actor);
        Assert.Equal(Limits.Line, AuditChain.Bounded(Entry("x") with { Actor = new string('x', 1000) }).Actor.Length);
    }

    [Fact]
    public void The_lines_of_the_log_carry_the_same_chain()
    {
        using var log = new StringWriter();
        var first = AuditChain.Append(null, [Entry("a"), Entry("b")], Keys)!;
        new AuditLog(log).Write(Prepared.Execution, "", [Entry("a"), Entry("b")], Keys);
        new AuditLog(log).Write(Prepared.Execution, first.Head!, [Entry("c\nd")], Keys);

        var lines = log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["a", "b", "c?d"], lines.Select(line => (string?)line["what"]));
        Assert.All(lines, line => Assert.Equal(("shop/slow-abc123", "uid-1"), ((string?)line["audit"], (string?)line["uid"])));
        Assert.Equal(first.Head, (string?)lines[1]["head"]);
        Assert.Equal(AuditChain.Append(first, [Entry("c\nd")], Keys)!.Head, (string?)lines[2]["head"]);
    }

    private static AuditTrail Trail() => AuditChain.Append(
        AuditChain.Append(null, [Entry("started")], Keys), [Entry("approved") with { Actor = "riley", Step = "bounce", Digest = "d1" }, Entry("succeeded")], Keys)!;

    private static AuditEntry Entry(string what) => new() { At = Now, Actor = "runbook-operator", What = what };

    // As it comes back from the API server.
    private static AuditTrail Stored(AuditTrail trail) => JsonSerializer.Deserialize<AuditTrail>(JsonSerializer.Serialize(trail, KubernetesJson.Options), KubernetesJson.Options)!;

    private static string Recompute(IEnumerable<AuditEntry> entries, HmacKeys? keys = null) => entries.Aggregate("", (head, entry) => AuditChain.Next(head, entry, keys ?? Keys));
}
