using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Risk;
using RunbookOperator.Runtime;
using RunbookOperator.TestKit;

namespace RunbookOperator.Tests.Policies;

public sealed class ClusterPoliciesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Before_the_policies_were_read_nothing_but_safe_steps_runs()
    {
        using var client = new KubernetesClient(new Uri("https://kubernetes"), new WireHandler(static (_, cancellationToken) => NeverAsync(cancellationToken)));
        var policy = new ClusterPolicies(new Informer<RunbookPolicy>(client, new InformerOptions(), new RuntimeContext()), Given.Home, EffectivePolicy.BuiltIn).For("shop");

        Assert.Null(PolicyHold.Of(policy, RiskLevel.Safe, byHand: false, Now));
        Assert.Equal(Reasons.PolicyUnusable, PolicyHold.Of(policy, RiskLevel.Caution, byHand: false, Now)?.Reason);
    }

    [Fact]
    public async Task Those_at_home_count_everywhere_and_others_in_their_namespace_and_for_what_is_touched_there()
    {
        await using var world = await World.WithAsync(
            Json("{approvals: {caution: {required: 2}}}", Given.Home, "default"),
            Json("{approvals: {caution: {required: 3}}}", "shop", "strict"),
            Json("{approvals: {caution: {required: 4}}}", Given.Home, "late"));

        Assert.Equal((4, "runbooks-system/late"), Required(world.Policies.For("bank")));
        await using var smaller = await World.WithAsync(Json("{approvals: {caution: {required: 0}}}", Given.Home, "default"), Json("{approvals: {caution: {required: 3}}}", "shop", "strict"));
        Assert.Equal((0, "runbooks-system/default"), Required(smaller.Policies.For("bank")));
        Assert.Equal((3, "shop/strict"), Required(smaller.Policies.For("shop")));
        Assert.Equal((3, "shop/strict"), Required(smaller.Policies.For("bank", "shop")));
    }

    [Fact]
    public async Task A_policy_called_default_elsewhere_is_no_base()
    {
        await using var world = await World.WithAsync(Json("{approvals: {caution: {required: 0}}}", "shop", "default"));

        Assert.Equal((1, "built-in"), Required(world.Policies.For("shop")));
    }

    [Theory]
    [InlineData("{run: Sometimes}")]
    [InlineData("{retention: 9d}")]
    public async Task One_that_cannot_be_read_or_used_holds_its_namespace_and_no_other(string spec)
    {
        await using var world = await World.WithAsync(Json(spec, "shop", "odd"));

        Assert.Contains("shop/odd", PolicyHold.Of(world.Policies.For("shop"), RiskLevel.Caution, byHand: false, Now)?.Message, StringComparison.Ordinal);
        Assert.NotNull(PolicyHold.Of(world.Policies.For("bank", "shop"), RiskLevel.Caution, byHand: false, Now));
        Assert.Null(PolicyHold.Of(world.Policies.For("bank"), RiskLevel.Caution, byHand: false, Now));
    }

    private static (int, string) Required(EffectivePolicy policy) => (policy.Caution.Required.Value, policy.Caution.Required.Policy);

    private static string Json(string spec, string ns, string name) => $$"""
        {"apiVersion": "runbooks.dev/v1alpha1", "kind": "RunbookPolicy", "metadata": {"name": "{{name}}", "namespace": "{{ns}}", "uid": "{{name}}", "resourceVersion": "1"}, "spec": {{Given.Json(spec).ToJsonString()}}}
        """;

    private static Task<HttpResponseMessage> NeverAsync(CancellationToken cancellationToken) => new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken);

    private sealed class World : IAsyncDisposable
    {
        private readonly KubernetesClient _client;
        private readonly Informer<RunbookPolicy> _informer;
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _run;

        private World(string[] policies)
        {
            _client = new KubernetesClient(new Uri("https://kubernetes"), new WireHandler(async (request, cancellationToken) =>
                request.Uri.Query.Contains("watch=true", StringComparison.Ordinal)
                    ? await NeverAsync(cancellationToken)
                    : WireHandler.Json($$"""{"metadata": {"resourceVersion": "1"}, "items": [{{string.Join(',', policies)}}]}""")));
            _informer = new Informer<RunbookPolicy>(_client, new InformerOptions(), new RuntimeContext());
            _run = _informer.RunAsync(_stop.Token);
            Policies = new ClusterPolicies(_informer, Given.Home, EffectivePolicy.BuiltIn);
        }

        public ClusterPolicies Policies { get; }

        public static async Task<World> WithAsync(params string[] policies)
        {
            var world = new World(policies);
            await world._informer.WaitForSyncAsync(CancellationToken.None);
            return world;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _run.ContinueWith(static _ => { }, TaskScheduler.Default);
            _client.Dispose();
            _stop.Dispose();
        }
    }
}
