using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions.Tests;

public sealed class PatchVerdictTests
{
    private const string Attempt = "run-1-step-1";

    private static readonly ActionTarget Target = new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Namespace = "shop",
        Name = "web",
        Uid = "u1",
        ResourceVersion = "7",
        Undo = "Scale back.",
        Seen = new JsonObject { [ActionTarget.SeenAttempt] = "earlier" },
    };

    [Theory]
    [InlineData("u1", "8", Attempt, nameof(Sighting.Ours))]
    [InlineData("u1", "7", "earlier", nameof(Sighting.Same))]
    [InlineData("u1", "8", "earlier", nameof(Sighting.Changed))]
    [InlineData("u1", "8", "another", nameof(Sighting.Taken))]
    [InlineData("u1", "8", null, nameof(Sighting.Taken))]
    [InlineData("u2", "8", Attempt, nameof(Sighting.Replaced))]
    public void What_is_found_tells_whether_the_patch_has_landed(string uid, string version, string? attempt, string expected)
    {
        var found = new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["uid"] = uid,
                ["resourceVersion"] = version,
                ["annotations"] = new JsonObject { [Names.AttemptAnnotation] = attempt },
            },
        };
        Assert.Equal(expected, PatchVerdict.See(found, Target, Attempt).ToString());
    }

    [Theory]
    [InlineData(nameof(Sighting.Ours), "Succeeded Succeeded Succeeded Succeeded")]
    [InlineData(nameof(Sighting.Same), "again Failed again again")]
    [InlineData(nameof(Sighting.Changed), "Moved Failed again Moved")]
    [InlineData(nameof(Sighting.Taken), "Unknown Unknown Unknown Unknown")]
    [InlineData(nameof(Sighting.Replaced), "Failed Failed Failed Failed")]
    [InlineData(nameof(Sighting.Gone), "Failed Failed Failed Failed")]
    [InlineData(nameof(Sighting.Hidden), "Unknown Unknown Unknown Unknown")]
    public void A_failure_and_a_look_decide(string sighting, string outcomes) => Assert.Equal(outcomes, Decide(sighting, last: false));

    [Theory]
    [InlineData(nameof(Sighting.Same), "Failed Failed Failed Unknown")]
    [InlineData(nameof(Sighting.Changed), "Moved Failed Failed Moved")]
    public void After_the_last_send_nothing_is_left_open(string sighting, string outcomes) => Assert.Equal(outcomes, Decide(sighting, last: true));

    private static string Decide(string sighting, bool last)
    {
        FailureKind[] kinds = [FailureKind.Conflict, FailureKind.Refused, FailureKind.Busy, FailureKind.Unclear];
        return string.Join(' ', kinds.Select(kind =>
            PatchVerdict.Of(new ApiFailure(kind, "why"), Enum.Parse<Sighting>(sighting), Target, "done", last)?.GetType().Name ?? "again"));
    }
}
