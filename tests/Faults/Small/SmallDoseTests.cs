namespace RunbookOperator.Faults;

/// <summary>Each family in a dose that fits between two commits. The full dose is `make faults`.</summary>
[Collection(BenchFixture.Name)]
public sealed class SmallDoseTests(BenchFixture fixture)
{
    /// <summary>The families, and how much of each.</summary>
    public static TheoryData<string, double> Doses => new()
    {
        { "F1", 0.05 }, { "F2", 0.05 }, { "F3", 0.05 }, { "F4", 0.1 }, { "F5", 0.15 }, { "F6", 0.08 },
        { "F7", 0.1 }, { "F8", 0.15 }, { "F9", 0.06 }, { "F10", 0.1 }, { "F11", 0.1 }, { "F12", 0.1 },
    };

    [Theory]
    [Trait("Category", "Faults")]
    [MemberData(nameof(Doses))]
    public async Task Every_promise_holds(string family, double dose)
    {
        var result = await Family.All.Single(one => one.Id == family).RunAsync(fixture.Bench, seed: 1, dose);

        Assert.True(result.Failures.Count == 0, string.Join('\n', result.Failures));
        Assert.True(result.Fired > 0, "no fault has happened");
    }

    [Fact]
    public void Every_family_has_a_small_dose() =>
        Assert.Equal(Family.All.Select(static family => family.Id), Doses.Select(static row => (string)row[0]));
}
