using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Api.Tests;

public sealed class GeneratedJsonTests
{
    [Fact]
    public void No_resource_is_looked_at_by_reflection() =>
        Assert.All(WireTypes.Of(typeof(Incident).Assembly), type =>
            Assert.IsNotType<DefaultJsonTypeInfoResolver>(KubernetesJson.Options.GetTypeInfo(type).OriginatingResolver));

    [Fact]
    public void An_init_only_property_has_no_initial_value_that_generated_code_would_overwrite() =>
        Assert.Empty(WireTypes.Of(typeof(Incident).Assembly).SelectMany(WireTypes.LostInitialValues));

    [Fact]
    public void Generated_code_reads_and_writes_random_JSON_as_reflection_does()
    {
        var (differences, decoded, refused) = GeneratedCode.Compare(typeof(Incident).Assembly, rounds: 200, seed: 20261121);

        Assert.Empty(differences);
        Assert.True(decoded >= refused && refused > 100, $"{decoded} decoded, {refused} refused");
    }

    [Fact]
    public void What_the_JSON_does_not_mention_keeps_its_default()
    {
        var incident = JsonSerializer.Deserialize<Incident>("""{"spec":{"key":"k","alertCount":1}}""", KubernetesJson.Options)!;

        Assert.NotNull(incident.Metadata);
        Assert.Equal(nameof(Incident), incident.Kind);
        Assert.Equal(Names.ApiVersion, incident.ApiVersion);
    }
}
