using System.Text.Json;

namespace RunbookOperator.Kubernetes.Tests;

public sealed class KubernetesJsonTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 5, 4, 5, 678, TimeSpan.FromHours(2));

    [Fact]
    public void A_time_has_whole_seconds_in_UTC() =>
        Assert.Equal("""{"creationTimestamp":"2026-01-02T03:04:05Z"}""", Serialize(new ObjectMeta { CreationTimestamp = Time }));

    [Fact]
    public void A_lease_counts_microseconds() =>
        Assert.Equal("""{"renewTime":"2026-01-02T03:04:05.678000Z"}""", Serialize(new LeaseSpec { RenewTime = Time }));

    [Fact]
    public void Both_kinds_of_time_are_read_with_or_without_a_fraction()
    {
        var lease = JsonSerializer.Deserialize<LeaseSpec>("""{"renewTime":"2026-01-02T03:04:05Z","acquireTime":"2026-01-02T03:04:05.678000Z"}""", KubernetesJson.Options)!;

        Assert.Equal(Time - TimeSpan.FromMilliseconds(678), lease.RenewTime);
        Assert.Equal(Time, lease.AcquireTime);
    }

    [Fact]
    public void A_secret_is_base64_on_the_wire_and_silent_in_a_log()
    {
        var secret = new Secret { Metadata = new ObjectMeta { Name = "a", Namespace = "b" }, Data = new() { ["key"] = "value"u8.ToArray() } };

        Assert.Equal("""{"metadata":{"name":"a","namespace":"b"},"data":{"key":"dmFsdWU="}}""", Serialize(secret));
        Assert.Equal("Secret b/a", secret.ToString());
    }

    [Fact]
    public void What_the_JSON_does_not_mention_keeps_its_default() =>
        Assert.NotNull(JsonSerializer.Deserialize<Pod>("{}", KubernetesJson.Options)!.Metadata);

    [Fact]
    public void The_downward_API_has_its_odd_name() =>
        Assert.Equal(
            """{"downwardAPI":{"items":[{"path":"name","fieldRef":{"fieldPath":"metadata.name"}}]}}""",
            Serialize(new VolumeProjection { DownwardAPI = new DownwardApiProjection([new DownwardApiVolumeFile("name", new ObjectFieldSelector("metadata.name"))]) }));

    private static string Serialize<T>(T value) => JsonSerializer.Serialize(value, KubernetesJson.Options);
}
