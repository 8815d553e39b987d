using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RunbookOperator.Kubernetes.Tests;

/// <summary>A null where none may stand must not reach those who read the object: they would fail on it for ever.</summary>
public sealed class ExplicitNullTests
{
    private static readonly JsonSerializerOptions Reflected = KubernetesJson.CreateOptions(new DefaultJsonTypeInfoResolver());

    [Theory]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"name":"x","list":[null]}""")]
    [InlineData("""{"name":"x","list":["a",null]}""")]
    [InlineData("""{"name":"x","map":{"a":null}}""")]
    [InlineData("""{"name":"x","pairs":[null]}""")]
    [InlineData("""{"name":"x","pairs":[{"left":null}]}""")]
    [InlineData("""{}""")]
    public void A_null_or_nothing_where_something_must_stand_cannot_be_decoded_and_its_place_is_told(string json)
    {
        var error = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Thing>(json, Reflected));

        Assert.Contains("$", error.Message + error.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_leaves_what_has_a_value_of_its_own_and_what_may_be_absent()
    {
        var thing = JsonSerializer.Deserialize<Thing>(
            """{"name":"x","list":null,"map":null,"any":[null,{"a":null}],"numbers":[1,null],"pairs":[{"left":"a","right":null}]}""", Reflected)!;

        Assert.Empty(thing.List);
        Assert.Null(thing.Map);
        Assert.Equal("""[null,{"a":null}]""", thing.Any!.ToJsonString());
        Assert.Equal([1, null], thing.Numbers!);
        Assert.Equal(new Pair("a", null), Assert.Single(thing.Pairs!));
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"a","labels":{"x":null}}}""")]
    [InlineData("""{"metadata":{"name":"a","finalizers":[null]}}""")]
    [InlineData("""{"metadata":{"name":"a","ownerReferences":[{"apiVersion":"v1","kind":"Pod","name":null,"uid":"u"}]}}""")]
    [InlineData("""{"metadata":{"name":"a"},"data":{"x":null}}""")]
    public void Generated_code_refuses_it_too_and_the_object_is_named(string json)
    {
        var list = new ObjectDecoder<ConfigMap>(KubernetesJson.Options).DecodeList(
            System.Text.Encoding.UTF8.GetBytes($$$"""{"metadata":{"resourceVersion":"1"},"items":[{{{json}}},{"metadata":{"name":"b"}}]}"""));

        Assert.Equal("b", Assert.Single(list.Items).Metadata.Name);
        var bad = Assert.Single(list.Undecodable);
        Assert.Equal("a", bad.Name.Name);
        Assert.Contains("$.", bad.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_metadata_is_none_and_null_lists_of_built_in_kinds_are_empty()
    {
        Assert.NotNull(JsonSerializer.Deserialize<ConfigMap>("""{"metadata":null}""", KubernetesJson.Options)!.Metadata);
        Assert.Null(JsonSerializer.Deserialize<ConfigMap>("""{"metadata":{"labels":null,"creationTimestamp":null}}""", KubernetesJson.Options)!.Metadata.Labels);
    }

    internal sealed record Pair(string Left, string? Right);

    internal sealed record Thing
    {
        public required string Name { get; init; }

        public List<string> List { get; set; } = [];

        public Dictionary<string, string>? Map { get; init; }

        public System.Text.Json.Nodes.JsonArray? Any { get; init; }

        public List<int?>? Numbers { get; init; }

        public List<Pair>? Pairs { get; init; }
    }
}
