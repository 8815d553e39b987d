using System.Net;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Sync;
using RunbookOperator.TestKit;
using static RunbookOperator.Operator.Tests.SyncWorld;

namespace RunbookOperator.Operator.Tests;

public sealed class AccountGrantsTests : IDisposable
{
    private readonly WireHandler _server;
    private readonly KubernetesClient _client;
    private Func<string, string> _status = static _ => """{"allowed":true}""";

    public AccountGrantsTests()
    {
        _server = new WireHandler(request => WireHandler.Json($$"""{"spec":{},"status":{{_status(Asked(request))}}}""", HttpStatusCode.Created));
        _client = new KubernetesClient(new Uri("https://kubernetes"), _server);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task The_question_is_whether_the_account_of_the_repository_may_impersonate_the_one_of_the_runbook()
    {
        await CheckAsync(Plan(Read("c1", ("a.yaml", Naming("one", "fixer"))), []));

        var request = Assert.Single(_server.Requests);
        Assert.Equal("POST /apis/authorization.k8s.io/v1/subjectaccessreviews", request.Line);
        Assert.DoesNotContain("Impersonate-User", request.Headers.Keys);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {
                  "user": "system:serviceaccount:shop:sync",
                  "groups": ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"],
                  "resourceAttributes": {"verb": "impersonate", "resource": "serviceaccounts", "name": "fixer", "namespace": "shop"}
                }
                """),
            JsonNode.Parse(request.Body)!["spec"]));
    }

    [Fact]
    public async Task What_is_granted_is_applied_and_each_account_is_asked_about_once()
    {
        var plan = Plan(Read("c1", ("a.yaml", Naming("one", "fixer")), ("b.yaml", Naming("two", "fixer")), ("c.yaml", Naming("three", "other")), ("d.yaml", Runbook("four"))), []);

        Assert.Same(plan, await CheckAsync(plan));
        Assert.Equal(["fixer", "other"], _server.Requests.Select(Asked).Order());
    }

    [Theory]
    [InlineData("""{"allowed":false}""")]
    [InlineData("""{"allowed":true,"denied":true}""")]
    [InlineData("null")]
    public async Task What_is_not_granted_is_a_problem_with_its_place_and_the_rest_goes_on(string status)
    {
        _status = account => account == "admin" ? status : """{"allowed":true}""";

        var plan = await CheckAsync(Plan(Read("c1", ("a.yaml", Naming("one", "admin")), ("b.yaml", Naming("two", "fixer")), ("c.yaml", Runbook("three"))), []));

        var problem = Assert.Single(plan.Problems);
        Assert.Equal("a.yaml:12:23: NotPermitted", Describe(problem));
        Assert.Equal("sync may not impersonate admin: grant it the verb impersonate on that service account", problem.Message);
        Assert.Equal(["two", "three"], plan.Apply.Select(write => write.Desired.Name));
        Assert.True(plan.IsContested);
    }

    [Fact]
    public async Task A_runbook_that_may_not_be_written_stays_as_it_was()
    {
        _status = static _ => """{"allowed":false}""";
        var before = After(Plan(Read("c1", ("a.yaml", Runbook("one"))), []));

        var plan = await CheckAsync(Plan(Read("c2", ("a.yaml", Naming("one", "admin"))), before), before);

        Assert.Same(before.Single(), Assert.Single(plan.Kept));
        Assert.Empty(plan.Apply);
        Assert.Empty(plan.Prune);
    }

    [Fact]
    public async Task Nobody_is_asked_about_runbooks_that_are_as_they_should_be()
    {
        var read = Read("c1", ("a.yaml", Naming("one", "fixer")));
        var before = After(Plan(read, []));

        await CheckAsync(Plan(read, before), before);

        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task No_answer_is_no_grant()
    {
        using var client = new KubernetesClient(new Uri("https://kubernetes"), new WireHandler(static _ => WireHandler.Refusal(HttpStatusCode.Forbidden, "Forbidden")));

        await Assert.ThrowsAsync<ApiException>(() => CheckAsync(Plan(Read("c1", ("a.yaml", Naming("one", "fixer"))), []), null, client));
    }

    private static string Naming(string name, string account) => Runbook(name) + $"\n  serviceAccountName: {account}\n";

    private static string Asked(WireRequest request) => (string)JsonNode.Parse(request.Body)!["spec"]!["resourceAttributes"]!["name"]!;

    private Task<SyncPlan> CheckAsync(SyncPlan plan, IReadOnlyList<ExistingRunbook>? existing = null, KubernetesClient? client = null)
    {
        var repository = new RunbookRepository
        {
            Metadata = new ObjectMeta { Name = Repository.Name, Namespace = Repository.Namespace },
            Spec = new RunbookRepositorySpec { Url = "https://git.test/runbooks", ServiceAccountName = "sync" },
        };
        return new AccountGrants(client ?? _client).CheckAsync(repository, plan, existing ?? [], CancellationToken.None);
    }
}
