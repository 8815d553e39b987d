using System.Text;
using System.Text.Json.Nodes;

namespace RunbookOperator.Kubernetes.Tests.Cluster;

/// <summary>What only a node can show.</summary>
[Trait("Category", "Cluster")]
public sealed class ServerPodTests : TestNamespace
{
    private static readonly ResourceDefinition Budgets = new("policy", "v1beta1", "PodDisruptionBudget", "poddisruptionbudgets");

    [Fact]
    public async Task A_program_in_a_container_reads_writes_and_ends()
    {
        await RunAsync("web", "while :; do sleep 1; done");
        using var input = new MemoryStream("abcdef"u8.ToArray());
        using var output = new MemoryStream();
        using var error = new MemoryStream();

        var result = await Client.ExecAsync(
            Key("web"),
            new ExecOptions { Command = ["sh", "-c", "head -c 4; echo \"$1\" >&2; exit 7", "sh", "a  'b'"], Container = "c", Input = input, Output = output, Error = error },
            CancellationToken.None);

        Assert.Equal(7, result.ExitCode);
        Assert.Equal("abcd", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal("a  'b'\n", Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public async Task Much_output_is_cut_and_its_program_still_ends_well()
    {
        await RunAsync("web", "while :; do sleep 1; done");
        using var output = new MemoryStream();

        var result = await Client.ExecAsync(
            Key("web"), new ExecOptions { Command = ["head", "-c", "3000000", "/dev/zero"], Output = output, MaximumBytes = 1_000_000 }, CancellationToken.None);

        Assert.Equal(new ExecResult(0, IsTruncated: true), result);
        Assert.Equal(1_000_000, output.Length);
    }

    [Fact]
    public async Task What_cannot_be_run_and_who_may_not_run_it_are_errors()
    {
        await RunAsync("web", "while :; do sleep 1; done");
        var nobody = Client.As(Impersonation.ServiceAccount(Name, "nobody"));

        var forbidden = await Assert.ThrowsAsync<ApiException>(() => nobody.ExecAsync(Key("web"), new ExecOptions { Command = ["true"] }, CancellationToken.None));
        await Assert.ThrowsAsync<ApiException>(() => Client.ExecAsync(Key("web"), new ExecOptions { Command = ["no-such-program"] }, CancellationToken.None));
        var absent = await Assert.ThrowsAsync<ApiException>(() => Client.ExecAsync(Key("absent"), new ExecOptions { Command = ["true"] }, CancellationToken.None));

        Assert.True(forbidden.IsForbidden);
        Assert.True(absent.IsNotFound);
    }

    [Fact]
    public async Task Waiting_for_a_program_can_be_given_up()
    {
        await RunAsync("web", "while :; do sleep 1; done");
        using var cancel = new CancellationTokenSource();
        using var output = new CancellingStream(cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Client.ExecAsync(Key("web"), new ExecOptions { Command = ["sh", "-c", "echo begun; sleep 600"], Output = output }, cancel.Token));
    }

    [Fact]
    public async Task A_followed_log_ends_with_its_container()
    {
        await CreateAsync("talk", "echo one; sleep 1; echo two", "Never");
        await PhaseAsync("talk", "Running", "Succeeded");

        await using var stream = await Client.LogsAsync(Key("talk"), new LogOptions { Follow = true, Timestamps = true }, CancellationToken.None);
        var lines = (await new StreamReader(stream).ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["one", "two"], lines.Select(line => line.Split(' ')[1]));
        Assert.All(lines, line => Assert.True(DateTimeOffset.TryParse(line.Split(' ')[0], out _), line));
        var second = DateTimeOffset.Parse(lines[1].Split(' ')[0]);
        await using var later = await Client.LogsAsync(Key("talk"), new LogOptions { SinceTime = second.AddMinutes(1) }, CancellationToken.None);
        Assert.Equal("", await new StreamReader(later).ReadToEndAsync());
        await using var bounded = await Client.LogsAsync(Key("talk"), new LogOptions { LimitBytes = 3 }, CancellationToken.None);
        Assert.Equal("one", await new StreamReader(bounded).ReadToEndAsync());
    }

    [Fact]
    public async Task Following_a_log_can_be_given_up()
    {
        await RunAsync("web", "echo begun; while :; do sleep 1; done");
        using var cancel = new CancellationTokenSource();
        await using var stream = await Client.LogsAsync(Key("web"), new LogOptions { Follow = true }, cancel.Token);
        using var reader = new StreamReader(stream);
        Assert.Equal("begun", await reader.ReadLineAsync(cancel.Token));

        var next = reader.ReadLineAsync(cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Fact]
    public async Task A_disruption_budget_holds_an_eviction_up_until_it_is_gone()
    {
        await RunAsync("web", "while :; do sleep 1; done");
        var budget = new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "keep", ["namespace"] = Name },
            ["spec"] = new JsonObject { ["minAvailable"] = 1, ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = "web" } } },
        };
        await Client.CreateAsync(Budgets, budget, null, CancellationToken.None);

        var held = await Assert.ThrowsAsync<ApiException>(() => Client.EvictAsync(Key("web"), null, CancellationToken.None));
        await Client.DeleteAsync(Budgets, Key("keep"), null, CancellationToken.None);
        await Client.EvictAsync(Key("web"), new DeleteOptions { DryRun = true }, CancellationToken.None);
        Assert.Null((await Client.GetAsync<Pod>(Key("web"), CancellationToken.None)).Metadata.DeletionTimestamp);
        await Client.EvictAsync(Key("web"), new DeleteOptions { GracePeriodSeconds = 1 }, CancellationToken.None);

        Assert.True(held.IsDisruptionBudget);
        Assert.True((await Client.FindAsync<Pod>(Key("web"), CancellationToken.None))?.Metadata.DeletionTimestamp is not null
            || await Client.FindAsync<Pod>(Key("web"), CancellationToken.None) is null);
    }

    private async Task RunAsync(string name, string script)
    {
        await CreateAsync(name, script, "Always");
        await PhaseAsync(name, "Running");
    }

    private async Task CreateAsync(string name, string script, string restart)
    {
        await DefaultAccountAsync();
        await Client.CreateAsync(
            new Pod
            {
                Metadata = new ObjectMeta { Name = name, Namespace = Name, Labels = new() { ["app"] = name } },
                Spec = new PodSpec
                {
                    Containers = [new Container { Name = "c", Image = "docker.io/library/busybox:1", ImagePullPolicy = "Never", Command = ["sh", "-c", script] }],
                    RestartPolicy = restart,
                    // Servers before 1.24 refuse the Pod until the account has a token to mount.
                    AutomountServiceAccountToken = false,
                    TerminationGracePeriodSeconds = 0,
                },
            },
            CancellationToken.None);
    }

    private async Task PhaseAsync(string name, params string[] phases)
    {
        await foreach (var change in Client.WatchAsync<Pod>(Name, new WatchOptions { FieldSelector = $"metadata.name={name}" }, CancellationToken.None))
        {
            if (phases.Contains(change.Object?.Status?.Phase))
            {
                return;
            }
        }

        Assert.Fail($"{name} never was {string.Join(" or ", phases)}.");
    }

    private async Task DefaultAccountAsync()
    {
        await foreach (var change in Client.WatchAsync<ServiceAccount>(Name, new WatchOptions(), CancellationToken.None))
        {
            if (change.Object?.Metadata.Name == "default")
            {
                return;
            }
        }
    }

    // Ends the waiting as soon as the program has said something.
    private sealed class CancellingStream(CancellationTokenSource cancel) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (buffer.Length > 0)
            {
                await cancel.CancelAsync();
            }
        }
    }
}
