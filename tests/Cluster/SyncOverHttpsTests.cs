using RunbookOperator.Api;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.PullRequests;
using RunbookOperator.Sync;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster;

/// <summary>The sync and a proposal over https, with a password and a certificate authority that nobody else knows.</summary>
[Trait("Category", "EndToEnd")]
public sealed class SyncOverHttpsTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SyncRig _rig = null!;
    private string _url = null!;

    private string Server => Path.Combine(TestCluster.RepositoryRoot, "tests", "environment", "git-server");

    private string State => _folder.File("server");

    public async Task InitializeAsync()
    {
        _rig = await SyncRig.CreateAsync();
        await ServerAsync("start", State, FreePort.Next().ToString());
        var files = Directory.CreateDirectory(_folder.File("files")).FullName;
        await File.WriteAllTextAsync(Path.Combine(files, "one.yaml"), Runbook);
        _url = (await ServerAsync("create", State, "shop", files)).Trim();
    }

    public async Task DisposeAsync()
    {
        await ServerAsync("stop", State);
        await _rig.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_branch_is_read_and_a_proposal_pushed_with_a_password_and_an_own_authority()
    {
        await SecretAsync(await File.ReadAllTextAsync(State + "/password"), withAuthority: true);
        await _rig.ConfigureAsync(spec => spec with { Url = _url, SecretRef = new SecretReference { Name = "git" } });

        var repository = await _rig.SyncAsync();
        Assert.True(Ready(repository).Status == ConditionStatus.True, Ready(repository).Message);
        Assert.Equal("Slow", (await _rig.FindAsync("one"))!.Spec.Title);

        var source = await new SyncSource(_rig.Client, allowLocal: true).ReadAsync(repository, CancellationToken.None);
        var provider = new GitPullRequestProvider(new GitMirrors(new GitRunner(new GitOptions { CacheFolder = _folder.File("cache") }, TimeProvider.System)));
        var target = new PullRequestTarget(_rig.Key, source, "one", "one.yaml", "runbooks/one", PullRequestTarget.Operator);
        var state = await provider.ReadAsync(target, CancellationToken.None);
        var change = new PullRequestChange(state.Content + "# better\n", "one: better\n", "Text\n\nBranch: runbooks/one\nProposal: a1\n", DateTimeOffset.UnixEpoch);
        var commit = await provider.PushAsync(target, state, change, CancellationToken.None);

        var after = await provider.ReadAsync(target, CancellationToken.None);
        Assert.Equal((commit, false), (after.Head, after.IsTakenOver));
        Assert.Equal(["a1"], after.Open);
        Assert.EndsWith("# better\n", after.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_authority_are_told_apart()
    {
        await SecretAsync("wrong-hunter2", withAuthority: true);
        await _rig.ConfigureAsync(spec => spec with { Url = _url, SecretRef = new SecretReference { Name = "git" } });
        var ready = Ready(await _rig.SyncAsync());
        Assert.Equal(Reasons.AuthenticationFailed, ready.Reason);
        Assert.DoesNotContain("hunter2", ready.Message, StringComparison.Ordinal);

        await SecretAsync(await File.ReadAllTextAsync(State + "/password"), withAuthority: false);
        ready = Ready(await _rig.SyncAsync());
        Assert.Equal(Reasons.GitOperationFailed, ready.Reason);
        Assert.Contains("certificate", ready.Message, StringComparison.Ordinal);
        Assert.Empty(await _rig.RunbooksAsync());
    }

    private async Task<string> ServerAsync(params string[] arguments) =>
        (await Shell.RunAsync(Server, arguments, null, CancellationToken.None)).EnsureSuccess().Output;

    private Task<Secret> SecretAsync(string password, bool withAuthority)
    {
        var data = new Dictionary<string, byte[]> { ["username"] = File.ReadAllBytes(State + "/username"), ["password"] = System.Text.Encoding.UTF8.GetBytes(password) };
        if (withAuthority)
        {
            data["ca.crt"] = File.ReadAllBytes(State + "/ca.crt");
        }

        var secret = new Secret
        {
            ApiVersion = "v1",
            Kind = "Secret",
            Metadata = new ObjectMeta { Name = "git", Namespace = _rig.Namespace.Name, Labels = new() { [Names.UseLabel] = "git" } },
            Data = data,
        };
        return _rig.Client.ApplyAsync(secret, new ApplyOptions("test"), CancellationToken.None);
    }

    private static Condition Ready(RunbookRepository repository) =>
        repository.Status!.Conditions!.Single(condition => condition.Type == ConditionTypes.Ready);

    private const string Runbook = """
        apiVersion: runbooks.dev/v1alpha1
        kind: Runbook
        metadata:
          name: one
        spec:
          title: Slow
          owner: team
          steps:
          - name: look
            manual: Look at it

        """;
}
