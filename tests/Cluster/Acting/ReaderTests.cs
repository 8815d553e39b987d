using System.Net;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cli.Access;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Risk;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster.Acting;

/// <summary>A step that is called safe and is not changes nothing: the API server refuses the account of safe steps every write there is.</summary>
public sealed class ReaderTests : IAsyncLifetime, IDisposable
{
    // Everybody may ask what they may do themselves.
    private static readonly string[] Questions = ["selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews"];

    // Reading through these is acting, or shows what only its owner may see.
    private static readonly string[] Reads = ["pods/x/exec", "pods/x/attach", "pods/x/portforward", "pods/x/proxy", "services/x/proxy", "secrets", "secrets/x", "serviceaccounts/x/token"];

    private readonly List<string> _asked = [];
    private Kubectl _kubectl = null!;
    private KubernetesClient _client = null!;
    private TestNamespace _namespace = null!;

    public async Task InitializeAsync()
    {
        _kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        _namespace = await TestNamespace.CreateAsync(_kubectl);
        _client = new KubernetesClient(ClusterConfig.FromKubeconfig([await TestCluster.KubeconfigAsync(CancellationToken.None)]));
        await _kubectl.RunAsync(["apply", "-f", "-"], AccessManifests.Of(new AccessRequest(_namespace.Name) { ServiceAccounts = ["fixer"] }));
    }

    public async Task DisposeAsync() => await _namespace.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    [Trait("Category", "Cluster")]
    public async Task Every_write_of_every_resource_is_refused()
    {
        var reader = _client.As(Impersonation.ServiceAccount(_namespace.Name, Names.Reader));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(reader, HttpMethod.Get, $"/api/v1/namespaces/{_namespace.Name}/pods"));
        _asked.Clear();
        var allowed = new List<string>();
        foreach (var (method, path) in await WritesAsync())
        {
            if (await AskAsync(reader, method, path) != HttpStatusCode.Forbidden)
            {
                allowed.Add($"{method} {path}");
            }
        }

        Assert.Empty(allowed);
        Assert.True(_asked.Count >= 200, $"{_asked.Count} writes were tried");
        Assert.All(["/exec", "/eviction", "/scale", "/token", "/binding", "/status", "/proxy"], part => Assert.Contains(_asked, path => path.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Category", "EndToEnd")]
    public async Task A_safe_step_that_writes_is_refused_with_the_classifier_off()
    {
        const string writes = """
            refused=0
            try() { if "$@" >/tmp/out 2>&1; then echo "ALLOWED $*"; elif grep -qi forbidden /tmp/out; then refused=$((refused+1)); else echo "OTHER $*: $(head -c 200 /tmp/out)"; fi; }
            try kubectl create configmap x --from-literal=a=b
            try kubectl create secret generic x --from-literal=a=b
            try kubectl create deployment x --image=x
            try kubectl create serviceaccount x
            try kubectl create rolebinding x --clusterrole=admin --serviceaccount=default:x
            try kubectl run x --image=x
            try kubectl delete pods --all
            try kubectl delete configmap kube-root-ca.crt
            try kubectl label serviceaccount fixer a=b
            try kubectl annotate serviceaccount fixer a=b
            try kubectl get secrets
            try kubectl get --raw "/api/v1/namespaces/$(sed -n 's/.*namespace: \([a-z0-9-]*\)}}.*/\1/p' "$KUBECONFIG")/secrets"
            echo "refused $refused"
            """;
        var pod = StepPod.Of(
            new RunbookExecution
            {
                Metadata = new ObjectMeta { Name = "r", Namespace = _namespace.Name, Uid = "u" },
                Spec = new RunbookExecutionSpec { Runbook = new ExecutionRunbook { Name = "r" }, Trigger = new ExecutionTrigger { Type = TriggerType.Manual } },
            },
            new RunbookStep { Name = "s", Run = writes },
            new PreparedStep
            {
                Step = "s", Attempt = 1, Policy = EffectivePolicy.BuiltIn, Risk = RiskLevel.Safe, Reasons = [], Command = writes, ServiceAccount = Names.Reader, Digest = "d", Image = "runbooks.dev/step:dev",
            },
            "s-1-0123456789");

        // Nobody owns it here: its run is made up.
        await _client.CreateAsync(pod with { Metadata = pod.Metadata with { OwnerReferences = null } }, CancellationToken.None);
        var name = NamespacedName.Of(pod);
        await Stories.Stage.UntilAsync("the pod ends", async () => (await _client.GetAsync<Pod>(name, CancellationToken.None)).Status?.Phase is "Succeeded" or "Failed");
        var log = await _kubectl.RunAsync(["logs", "-n", _namespace.Name, name.Name]);

        Assert.Equal("refused 12", log.Trim());
    }

    [Fact]
    [Trait("Category", "Cluster")]
    public async Task The_network_policy_is_stored_as_it_is_written()
    {
        var stored = JsonNode.Parse(await _kubectl.RunAsync(["get", "networkpolicy", AccessManifests.NetworkPolicy, "-n", _namespace.Name, "-o", "json"]))!["spec"]!;

        Assert.Equal(["Ingress", "Egress"], stored["policyTypes"]!.AsArray().Select(type => type!.GetValue<string>()));
        Assert.Equal(AccessManifests.Egress.Select(range => range.All), stored["egress"]![0]!["to"]!.AsArray().Skip(1).Select(peer => peer!["ipBlock"]!["cidr"]!.GetValue<string>()));
    }

    private async Task<List<(HttpMethod Method, string Path)>> WritesAsync()
    {
        var groups = (await ReadAsync("/apis"))["groups"]!.AsArray().Select(group => "/apis/" + group!["preferredVersion"]!["groupVersion"]!.GetValue<string>());
        var writes = Reads.Select(path => (HttpMethod.Get, $"/api/v1/namespaces/{_namespace.Name}/{path}")).ToList();
        foreach (var group in groups.Prepend("/api/v1"))
        {
            foreach (var resource in (await ReadAsync(group))["resources"]!.AsArray().Where(resource => !Questions.Contains(resource!["name"]!.GetValue<string>())))
            {
                writes.AddRange(WritesOf(group, resource!));
            }
        }

        return writes;
    }

    private IEnumerable<(HttpMethod Method, string Path)> WritesOf(string group, JsonNode resource)
    {
        var parts = resource["name"]!.GetValue<string>().Split('/', 2);
        var all = $"{group}/{(resource["namespaced"]!.GetValue<bool>() ? $"namespaces/{_namespace.Name}/" : "")}{parts[0]}";
        var one = $"{all}/x{(parts.Length == 2 ? "/" + parts[1] : "")}";
        foreach (var verb in resource["verbs"]!.AsArray().Select(verb => verb!.GetValue<string>()))
        {
            (HttpMethod, string)? write = verb switch
            {
                "create" => (HttpMethod.Post, parts.Length == 2 ? one : all),
                "update" => (HttpMethod.Put, one),
                "patch" => (HttpMethod.Patch, one),
                "delete" => (HttpMethod.Delete, one),
                "deletecollection" => (HttpMethod.Delete, all),
                _ => null,
            };
            if (write is { } found)
            {
                yield return found;
            }
        }
    }

    private async Task<JsonNode> ReadAsync(string path) =>
        await _client.SendAsync(new ApiRequest(HttpMethod.Get, path), static bytes => JsonNode.Parse(bytes.Span)!, CancellationToken.None);

    private async Task<HttpStatusCode> AskAsync(IKubernetesClient client, HttpMethod method, string path)
    {
        _asked.Add(path);
        try
        {
            await client.SendAsync(new ApiRequest(method, path), static _ => true, CancellationToken.None);
            return HttpStatusCode.OK;
        }
        catch (ApiException exception)
        {
            return exception.Code;
        }
    }
}
