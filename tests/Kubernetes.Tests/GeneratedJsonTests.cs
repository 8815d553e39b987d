using System.Text.Json.Serialization.Metadata;
using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests;

public sealed class GeneratedJsonTests
{
    [Fact]
    public void No_wire_type_is_looked_at_by_reflection() =>
        Assert.All(WireTypes.Of(typeof(Pod).Assembly), type =>
            Assert.IsNotType<DefaultJsonTypeInfoResolver>(KubernetesJson.Options.GetTypeInfo(type).OriginatingResolver));

    [Fact]
    public void An_init_only_property_has_no_initial_value_that_generated_code_would_overwrite() =>
        Assert.Empty(WireTypes.Of(typeof(Pod).Assembly).SelectMany(WireTypes.LostInitialValues));

    [Fact]
    public void Generated_code_reads_and_writes_random_JSON_as_reflection_does()
    {
        var (differences, decoded, refused) = GeneratedCode.Compare(typeof(Pod).Assembly, rounds: 200, seed: 20261121);

        Assert.Empty(differences);
        Assert.True(decoded > refused && refused > 100, $"{decoded} decoded, {refused} refused");
    }

    [Fact]
    public void The_rule_finds_what_breaks_it() => Assert.Equal(["Bad.Lost"], WireTypes.LostInitialValues(typeof(Bad)));

    public sealed record Bad
    {
        public int Lost { get; init; } = -1;

        public int Kept { get; set; } = -1;

        public required string Needed { get; init; }
    }
}
