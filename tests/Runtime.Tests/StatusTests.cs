using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime.Tests;

public sealed class StatusTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_transition_time_moves_only_with_the_status()
    {
        var first = Conditions.Set(null, "Ready", "False", "Waiting", "Not yet.", 1, Noon.AddMilliseconds(700));
        var second = Conditions.Set(first, "Ready", "False", "StillWaiting", "Soon.", 2, Noon.AddHours(1));
        var third = Conditions.Set(second, "Ready", "True", "Done", "", 2, Noon.AddHours(2));

        Assert.Equal(Noon, Assert.Single(first).LastTransitionTime);
        var waiting = Assert.Single(second);
        Assert.Equal((Noon, "StillWaiting", 2), (waiting.LastTransitionTime, waiting.Reason, waiting.ObservedGeneration));
        Assert.Equal(Noon.AddHours(2), Assert.Single(third).LastTransitionTime);
        Assert.True(Conditions.IsTrue(third, "Ready"));
        Assert.False(Conditions.IsTrue(second, "Ready"));
    }

    [Fact]
    public void Ready_comes_first_and_the_rest_by_name()
    {
        var conditions = Conditions.Set(Conditions.Set(Conditions.Set(null, "Stalled", "True", "X", "", null, Noon), "Approved", "True", "X", "", null, Noon), "Ready", "True", "X", "", null, Noon);

        Assert.Equal(["Ready", "Approved", "Stalled"], conditions.Select(condition => condition.Type));
        Assert.Equal(["Ready", "Approved"], Conditions.Remove(conditions, "Stalled").Select(condition => condition.Type));
        Assert.Equal(3, conditions.Count);
    }

    [Fact]
    public void A_message_too_long_for_the_API_is_cut() =>
        Assert.Equal(
            Conditions.MaxMessageLength,
            Conditions.Set(null, "Ready", "True", "X", new string('x', Conditions.MaxMessageLength + 1), null, Noon)[0].Message.Length);

    [Fact]
    public void A_message_is_never_cut_inside_a_character()
    {
        var message = Conditions.Set(null, "Ready", "True", "X", new string('x', Conditions.MaxMessageLength - 1) + "😀", null, Noon)[0].Message;

        Assert.Equal(new string('x', Conditions.MaxMessageLength - 1), message);
    }

    [Fact]
    public void A_finalizer_is_added_and_removed_under_the_version_that_was_read()
    {
        var value = Given.Map("a", "7") with { };
        value = value with { Metadata = value.Metadata with { Finalizers = ["other", "ours"] } };

        Assert.True(Finalizers.Contains(value, "ours"));
        Assert.Equal("""{"metadata":{"resourceVersion":"7","finalizers":["other"]}}""", Finalizers.Removing(value, "ours").Content.ToJsonString());
        Assert.Equal(
            """{"metadata":{"resourceVersion":"7","finalizers":["other","ours"]}}""", Finalizers.Adding(value, "ours").Content.ToJsonString());
    }

    [Fact]
    public void An_owner_is_known_by_group_and_kind_whatever_its_version()
    {
        var revision = new ControllerRevision { Metadata = new ObjectMeta { Name = "r", Uid = "u" }, Revision = 1 };
        var reference = OwnerReferences.ControllerOf(revision);
        var owned = new ObjectMeta { OwnerReferences = [reference with { Controller = null, Name = "other" }, reference] };

        Assert.Equal("r", OwnerReferences.FindController(owned)?.Name);
        Assert.True(OwnerReferences.IsOf(reference with { ApiVersion = "apps/v2" }, ControllerRevision.Definition));
        Assert.False(OwnerReferences.IsOf(reference with { ApiVersion = "v1" }, ControllerRevision.Definition));
        Assert.Throws<ArgumentException>(() => OwnerReferences.ControllerOf(Given.Map("a", uid: null!)));
    }
}
