using System.Net;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Tests.Cluster;

public sealed class ClusterErrorsTests
{
    private static readonly ClusterConnection Connection = new(null!, "https://10.0.0.1:6443", "payments");

    public static readonly TheoryData<Exception, string?> Errors = new()
    {
        { new ApiException(HttpStatusCode.Forbidden, "Forbidden", "no"), "not allowed to create runbookapprovals.runbooks.dev in namespace payments: no" },
        { new ApiException(HttpStatusCode.Unauthorized, "Unauthorized", "no"), "the cluster at https://10.0.0.1:6443 does not know you: no" },
        { new ApiException(HttpStatusCode.UnprocessableEntity, "Invalid", "no"), "could not create runbookapprovals.runbooks.dev in namespace payments: no" },
        { new HttpRequestException("send", new IOException("refused")), "cannot reach the cluster at https://10.0.0.1:6443: refused" },
        { new TaskCanceledException("t", new TimeoutException()), "cannot reach the cluster at https://10.0.0.1:6443: no answer in time" },
        { new TaskCanceledException("by the person"), null },
        { new InvalidOperationException("a bug"), null },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_says_what_was_asked_and_of_whom(Exception error, string? expected) =>
        Assert.Equal(expected, ClusterErrors.Describe(error, "create", RunbookApproval.Definition, Connection));

    [Fact]
    public void A_kubeconfig_that_is_not_there_is_said()
    {
        var error = Assert.Throws<CliException>(() => ClusterConnector.Connect(new ConnectionOptions { Kubeconfig = "/missing/config" }));
        Assert.Contains("/missing/config", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_needs_a_user() =>
        Assert.Equal("--as-group needs --as", Assert.Throws<CliException>(() => ClusterConnector.Connect(new ConnectionOptions { AsGroups = ["g"] })).Message);
}
