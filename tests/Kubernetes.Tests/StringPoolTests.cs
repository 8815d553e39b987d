using System.Text;
using System.Text.Json;

namespace RunbookOperator.Kubernetes.Tests;

public sealed class StringPoolTests
{
    [Theory]
    [InlineData("")]
    [InlineData("app")]
    [InlineData("app.kubernetes.io/managed-by")]
    public void The_same_bytes_give_the_same_string(string text)
    {
        var pool = new StringPool();

        var first = pool.TryGet(Encoding.UTF8.GetBytes(text));

        Assert.Equal(text, first);
        Assert.Same(first, pool.TryGet(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void More_strings_than_it_remembers_are_all_right()
    {
        var pool = new StringPool();
        var texts = Enumerable.Range(0, 4 * StringPool.Capacity).Select(i => $"runbook-{i}").ToList();

        Assert.Equal(texts, texts.Select(text => pool.TryGet(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(texts, texts.Select(text => pool.TryGet(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void What_is_long_or_not_ascii_is_not_remembered()
    {
        var pool = new StringPool();

        Assert.NotNull(pool.TryGet(Encoding.UTF8.GetBytes(new string('a', StringPool.MaxLength))));
        Assert.Null(pool.TryGet(Encoding.UTF8.GetBytes(new string('a', StringPool.MaxLength + 1))));
        Assert.Null(pool.TryGet("Größe"u8));
        Assert.Null(pool.TryGet([0xFF, 0xFE]));
    }

    [Fact]
    public void Decoded_objects_share_their_words()
    {
        var first = Decode("""{"kind": "ConfigMap", "metadata": {"name": "a", "namespace": "shop", "labels": {"app": "web"}}}""");
        var second = Decode("""{"kind": "ConfigMap", "metadata": {"name": "b", "namespace": "shop", "labels": {"app": "web"}}}""");

        Assert.Same(first.Kind, second.Kind);
        Assert.Same(first.Metadata.Namespace, second.Metadata.Namespace);
        Assert.Same(Assert.Single(first.Metadata.Labels!).Key, Assert.Single(second.Metadata.Labels!).Key);
        Assert.Same(first.Metadata.Labels!["app"], second.Metadata.Labels!["app"]);
    }

    [Theory]
    [InlineData("""{"a\n\"b": "c\td"}""")]
    [InlineData("""{"größe": "größer"}""")]
    [InlineData("""{"": ""}""")]
    public void Keys_and_values_come_back_as_they_were(string data)
    {
        var map = Decode($$"""{"data": {{data}}}""");

        Assert.Equal(JsonSerializer.Deserialize<Dictionary<string, string>>(data), map.Data);
        Assert.Equal(map.Data, Decode(JsonSerializer.Serialize(map, KubernetesJson.Options)).Data);
    }

    [Theory]
    [InlineData("""{"metadata": {"name": 7}}""")]
    [InlineData("""{"metadata": {"name": {}}}""")]
    [InlineData("""{"metadata": {"labels": {"app": true}}}""")]
    public void What_is_no_string_is_refused_with_its_place(string json) =>
        Assert.StartsWith("$.metadata", Assert.Throws<JsonException>(() => Decode(json)).Path);

    private static ConfigMap Decode(string json) => JsonSerializer.Deserialize<ConfigMap>(json, KubernetesJson.Options)!;
}
