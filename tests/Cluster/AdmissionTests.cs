using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Admission;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster;

[Trait("Category", "Cluster")]
public sealed class AdmissionTests : IAsyncLifetime, IDisposable
{
    private const string Reason = "known, see 2026-02-11";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private Kubectl _kubectl = null!;
    private KubernetesClient _administrator = null!;
    private TestNamespace _namespace = null!;
    private AdmissionServer _server = null!;

    private IKubernetesClient Riley => _administrator.As(new Impersonation("riley", ["sre"]));

    private IKubernetesClient Morgan => _administrator.As(new Impersonation("morgan", ["sre"]));

    private IKubernetesClient Operator => _administrator.As(new Impersonation(_server.Options.OperatorUsername, ["sre"]));

    public async Task InitializeAsync()
    {
        await Definitions.InstallAsync(CancellationToken.None);
        _kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        _administrator = new KubernetesClient(ClusterConfig.FromKubeconfig([await TestCluster.KubeconfigAsync(CancellationToken.None)]));
        _namespace = await TestNamespace.CreateAsync(_kubectl);
        await _kubectl.RunAsync(["create", "role", "oncall", "-n", _namespace.Name, "--verb=get,create,patch",
            "--resource=runbookapprovals.runbooks.dev,runbookexecutions.runbooks.dev,incidents.runbooks.dev"]);
        await _kubectl.RunAsync(["create", "rolebinding", "oncall", "-n", _namespace.Name, "--role=oncall", "--group=sre"]);
        _server = await AdmissionServer.StartAsync(_administrator, _kubectl, _namespace.Name, TimeProvider.System);
        await CalledAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _namespace.DisposeAsync();
    }

    public void Dispose() => _administrator.Dispose();

    [Fact]
    public async Task A_decision_carries_the_login_under_a_seal()
    {
        var stored = await Riley.CreateAsync(Approval("one"), CancellationToken.None);

        Assert.Equal("riley", stored.Spec.User?.Username);
        Assert.Contains("sre", stored.Spec.User!.Groups!);
        Assert.True(ApprovalSeal.IsValid(_server.Keys, _namespace.Name, stored.Spec));

        var read = await _administrator.GetAsync<RunbookApproval>(NamespacedName.Of(stored), CancellationToken.None);
        Assert.True(ApprovalSeal.IsValid(_server.Keys, _namespace.Name, read.Spec));
        Assert.False(ApprovalSeal.IsValid(_server.Keys, "elsewhere", read.Spec));
    }

    [Fact]
    public async Task A_forged_stamp_is_refused()
    {
        var forged = Approval("forged");
        forged = forged with
        {
            Spec = forged.Spec with
            {
                User = new ApprovalUser { Username = "morgan", At = new DateTimeOffset(2026, 3, 1, 2, 30, 0, TimeSpan.Zero), Seal = new string('0', 64) },
            },
        };

        var refusal = await Assert.ThrowsAsync<ApiException>(() => Riley.CreateAsync(forged, CancellationToken.None));

        Assert.True(refusal.IsForbidden);
        Assert.Contains("leave spec.user out: it is written from your login", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_stays_as_it_is_while_its_labels_may_change()
    {
        var stored = await Riley.CreateAsync(Approval("one"), CancellationToken.None);

        await RefusedAsync(Riley, stored, """{"spec":{"decision":"Skip"}}""", "never changed");
        await RefusedAsync(_administrator, stored, """{"spec":{"user":{"username":"morgan"}}}""", "never changed");
        var labelled = await PatchAsync(Riley, stored, """{"metadata":{"labels":{"seen":"yes"}}}""");

        Assert.Equal("yes", labelled.Metadata.Labels?["seen"]);
        Assert.True(ApprovalSeal.IsValid(_server.Keys, _namespace.Name, labelled.Spec));
    }

    [Fact]
    public async Task A_decision_of_somebody_else_is_restored_only_by_who_may_impersonate()
    {
        var original = await Morgan.CreateAsync(Approval("one"), CancellationToken.None);
        var copy = Approval("copy") with { Spec = original.Spec };

        var refusal = await Assert.ThrowsAsync<ApiException>(() => Riley.CreateAsync(copy, CancellationToken.None));
        var restored = await _administrator.CreateAsync(copy, CancellationToken.None);

        Assert.Contains("somebody else", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Json(original.Spec), Json(restored.Spec));
        var changed = Approval("changed") with { Spec = original.Spec with { Step = "failover" } };
        Assert.True((await Assert.ThrowsAsync<ApiException>(() => _administrator.CreateAsync(changed, CancellationToken.None))).IsForbidden);
    }

    [Fact]
    public async Task A_run_says_who_started_it_and_keeps_saying_so()
    {
        var started = await Riley.CreateAsync(Execution("manual", TriggerType.Manual), CancellationToken.None);
        Assert.Equal("riley", started.Spec.Trigger.User);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => Riley.CreateAsync(Execution("alert", TriggerType.Alert), CancellationToken.None));
        Assert.Contains("must be Manual", refusal.Message, StringComparison.Ordinal);
        Assert.Null((await Operator.CreateAsync(Execution("alert", TriggerType.Alert), CancellationToken.None)).Spec.Trigger.User);

        await RefusedAsync(Riley, started, """{"spec":{"trigger":{"user":"morgan"}}}""", "only desiredState may change");
        await RefusedAsync(Riley, started, """{"spec":{"mode":"Autopilot"}}""", "only desiredState may change");
        Assert.Equal(DesiredState.Paused, (await PatchAsync(Riley, started, """{"spec":{"desiredState":"Paused"}}""")).Spec.DesiredState);
    }

    [Fact]
    public async Task People_add_notes_to_what_the_operator_writes()
    {
        var refusal = await Assert.ThrowsAsync<ApiException>(() => Riley.CreateAsync(Incident(), CancellationToken.None));
        Assert.Contains("the operator alone makes incidents", refusal.Message, StringComparison.Ordinal);

        var incident = await Operator.CreateAsync(Incident(), CancellationToken.None);
        incident = await PatchAsync(Riley, incident, """{"spec":{"notes":[{"text":"restarted the pool","user":"morgan"}]}}""");

        Assert.Equal("riley", Assert.Single(incident.Spec.Notes!).User);
        Assert.NotNull(incident.Spec.Notes![0].At);
        await RefusedAsync(Morgan, incident, """{"spec":{"notes":[]}}""", "notes are only added");
        await RefusedAsync(Morgan, incident, """{"spec":{"alertCount":2}}""", "the operator's to write");
        Assert.Equal(2, (await PatchAsync(Operator, incident, """{"spec":{"alertCount":2}}""")).Spec.AlertCount);
    }

    [Fact]
    public async Task Replicas_that_start_together_have_one_key_and_one_certificate()
    {
        await using var other = await TestNamespace.CreateAsync(_kubectl);
        var options = _server.Options with { Namespace = other.Name };
        byte[] data = [1, 2, 3];

        var keys = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => HmacKeys.LoadAsync(_administrator, other.Name, RandomNumberGenerator.GetBytes, CancellationToken.None)));
        var certificates = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store(options, TimeProvider.System).EnsureAsync(CancellationToken.None)));

        Assert.Single(keys.Select(key => key.Compute(data)).Distinct());
        Assert.Single(certificates.Distinct());
    }

    [Fact]
    public async Task An_old_certificate_is_renewed_once_for_all_replicas()
    {
        await using var other = await TestNamespace.CreateAsync(_kubectl);
        var options = _server.Options with { Namespace = other.Name };
        var time = new ManualTimeProvider();
        var first = await Store(options, time).EnsureAsync(CancellationToken.None);

        time.Advance(ServingCertificate.Lifetime * 0.5);
        Assert.Equal(first, await Store(options, time).EnsureAsync(CancellationToken.None));

        time.Advance(ServingCertificate.Lifetime * 0.25);
        var renewed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store(options, time).EnsureAsync(CancellationToken.None)));
        Assert.NotEqual(first, Assert.Single(renewed.Distinct()));
        Assert.Contains(first.Authorities, renewed[0].Authorities, StringComparison.Ordinal);
    }

    private CertificateStore Store(AdmissionOptions options, TimeProvider time) =>
        new(_administrator, options, time, RandomNumberGenerator.GetBytes);

    // The API server learns of a new configuration a moment after it is stored. A dry run stores nothing and is asked about all the same.
    private async Task CalledAsync()
    {
        using var end = new CancellationTokenSource(StartTimeout);
        var probe = JsonSerializer.Serialize(Approval("probe"), KubernetesJson.Options);
        while (true)
        {
            var mutated = await _kubectl.RunAsync(
                ["create", "--dry-run=server", "--validate=false", "-o", "jsonpath={.spec.user.username}", "-f", "-"], probe, end.Token);
            if (mutated.Length > 0)
            {
                return;
            }
        }
    }

    private static Task<T> PatchAsync<T>(IKubernetesClient client, T value, string patch)
        where T : IKubernetesObject<T> =>
        client.PatchAsync<T>(NamespacedName.Of(value), new Patch(PatchType.Merge, JsonNode.Parse(patch)!), CancellationToken.None);

    private static async Task RefusedAsync<T>(IKubernetesClient client, T value, string patch, string words)
        where T : IKubernetesObject<T> =>
        Assert.Contains(words, (await Assert.ThrowsAsync<ApiException>(() => PatchAsync(client, value, patch))).Message, StringComparison.Ordinal);

    private static string Json(RunbookApprovalSpec spec) => JsonSerializer.Serialize(spec, KubernetesJson.Options);

    private RunbookApproval Approval(string name) => new()
    {
        Metadata = new ObjectMeta { Namespace = _namespace.Name, Name = name },
        Spec = new RunbookApprovalSpec
        {
            Execution = new ApprovalExecution { Name = "payment-latency-5c1f", Uid = "0d9a" },
            Step = "bounce",
            Attempt = 1,
            Decision = ApprovalDecision.Approve,
            Digest = "aa00",
            Reason = Reason,
        },
    };

    private RunbookExecution Execution(string name, TriggerType type) => new()
    {
        Metadata = new ObjectMeta { Namespace = _namespace.Name, Name = name },
        Spec = new RunbookExecutionSpec
        {
            Runbook = new ExecutionRunbook { Name = "payment-latency" },
            Trigger = new ExecutionTrigger { Type = type },
        },
    };

    private Incident Incident() => new()
    {
        Metadata = new ObjectMeta { Namespace = _namespace.Name, Name = "payment-5c1f0d9a-1" },
        Spec = new IncidentSpec { Key = "payment/shop", AlertCount = 1 },
    };
}
