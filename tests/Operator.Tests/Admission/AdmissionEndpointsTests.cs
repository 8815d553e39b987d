using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using RunbookOperator.Admission;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Operator.Tests.Admission;

public sealed class AdmissionEndpointsTests : IAsyncLifetime, IDisposable
{
    private const string Approval = """
        {"execution":{"name":"payment-latency-5c1f","uid":"0d9a"},"step":"bounce","attempt":1,"decision":"Approve","digest":"aa00"}
        """;

    private readonly HttpClient _client = new();
    private WebApplication _server = null!;
    private KubernetesClient _kubernetes = null!;
    private bool _mayImpersonate;

    public async Task InitializeAsync()
    {
        _kubernetes = new KubernetesClient(new Uri("https://kubernetes"), new WireHandler(_ =>
            WireHandler.Json($$$"""{"spec":{},"status":{"allowed":{{{(_mayImpersonate ? "true" : "false")}}}}}""", HttpStatusCode.Created)));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        var options = new AdmissionOptions { Namespace = "runbooks", OperatorUsername = Requests.Operator };
        _server.MapAdmission(new AdmissionHandler(Requests.Keys, options, _kubernetes, new ManualTimeProvider()));
        await _server.StartAsync();
        _client.BaseAddress = new Uri(_server.Urls.Single());
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _client.Dispose();
        _kubernetes.Dispose();
    }

    [Fact]
    public async Task A_question_has_its_answer()
    {
        var answer = (await AskAsync("mutate", Approval))!;

        Assert.Equal("admission.k8s.io/v1", (string?)answer["apiVersion"]);
        Assert.Equal("AdmissionReview", (string?)answer["kind"]);
        Assert.Equal("7f3e", (string?)answer["response"]!["uid"]);
        Assert.True((bool?)answer["response"]!["allowed"]);
        Assert.Equal("JSONPatch", (string?)answer["response"]!["patchType"]);
        var patch = JsonNode.Parse(Convert.FromBase64String((string)answer["response"]!["patch"]!))!;
        Assert.Equal("/spec/user", (string?)patch[0]!["path"]);
        Assert.Equal("riley", (string?)patch[0]!["value"]!["username"]);
    }

    [Fact]
    public async Task A_refusal_has_its_reason()
    {
        var answer = (await AskAsync("validate", Approval))!;

        Assert.False((bool?)answer["response"]!["allowed"]);
        Assert.Equal(403, (int?)answer["response"]!["status"]!["code"]);
        Assert.Contains("without spec.user", (string?)answer["response"]!["status"]!["message"], StringComparison.Ordinal);
        Assert.Null(answer["response"]!["patch"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stamp_in_another_name_is_a_question_of_impersonation(bool mayImpersonate)
    {
        _mayImpersonate = mayImpersonate;
        var patch = (string)(await AskAsync("mutate", Approval, "morgan"))!["response"]!["patch"]!;
        var stamped = JsonNode.Parse(Approval)!;
        stamped["user"] = JsonNode.Parse(Convert.FromBase64String(patch))![0]!["value"]!.DeepClone();

        Assert.Equal(mayImpersonate, (bool?)(await AskAsync("mutate", stamped.ToJsonString()))!["response"]!["allowed"]);
        Assert.Equal(mayImpersonate, (bool?)(await AskAsync("validate", stamped.ToJsonString()))!["response"]!["allowed"]);
        Assert.True((bool?)(await AskAsync("validate", stamped.ToJsonString(), "morgan"))!["response"]!["allowed"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}""")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview","request":{"uid":"1","operation":"CREATE","userInfo":{}}}""")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1"}}""")]
    public async Task What_is_no_question_is_a_bad_request(string body)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("mutate", body)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("validate", body)).StatusCode);
    }

    [Fact]
    public async Task Nested_brackets_without_end_are_a_bad_request() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("mutate", new string('[', 9000))).StatusCode);

    [Fact]
    public async Task A_body_beyond_the_bound_is_not_read() =>
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync("mutate", new string(' ', (int)AdmissionEndpoints.MaximumBody + 1))).StatusCode);

    private async Task<JsonNode?> AskAsync(string path, string spec, string user = "riley")
    {
        var response = await PostAsync(path, $$"""
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"7f3e","operation":"CREATE","namespace":"shop",
             "kind":{"group":"runbooks.dev","version":"v1alpha1","kind":"RunbookApproval"},
             "resource":{"group":"runbooks.dev","version":"v1alpha1","resource":"runbookapprovals"},
             "userInfo":{"username":"{{user}}","groups":["sre"]},"object":{"spec":{{spec}}},"oldObject":null,"dryRun":false,"options":{} } }
            """);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync());
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _client.PostAsync(new Uri($"/admission/{path}", UriKind.Relative), content);
    }
}
