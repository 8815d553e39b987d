using System.Net;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions.Tests;

public sealed class ApiFailureTests
{
    [Theory]
    [InlineData(HttpStatusCode.Conflict, "Conflict", nameof(FailureKind.Conflict))]
    [InlineData(HttpStatusCode.Forbidden, "Forbidden", nameof(FailureKind.Refused))]
    [InlineData(HttpStatusCode.NotFound, "NotFound", nameof(FailureKind.Refused))]
    [InlineData(HttpStatusCode.UnprocessableEntity, "Invalid", nameof(FailureKind.Refused))]
    [InlineData(HttpStatusCode.TooManyRequests, "TooManyRequests", nameof(FailureKind.Busy))]
    [InlineData(HttpStatusCode.InternalServerError, "InternalError", nameof(FailureKind.Unclear))]
    [InlineData(HttpStatusCode.ServiceUnavailable, null, nameof(FailureKind.Unclear))]
    [InlineData(HttpStatusCode.GatewayTimeout, "Timeout", nameof(FailureKind.Unclear))]
    public void An_answer_is_classified_by_its_code(HttpStatusCode code, string? reason, string expected) =>
        Assert.Equal(expected, ApiFailure.Of(new ApiException(code, reason, "message"), default)?.Kind.ToString());

    [Fact]
    public void No_answer_is_unclear()
    {
        Assert.Equal(FailureKind.Unclear, ApiFailure.Of(new HttpRequestException("broken"), default)?.Kind);
        Assert.Equal(FailureKind.Unclear, ApiFailure.Of(new TaskCanceledException(), default)?.Kind);
    }

    [Fact]
    public void What_the_caller_cancelled_or_broke_is_no_failure_of_the_API()
    {
        Assert.Null(ApiFailure.Of(new TaskCanceledException(), new CancellationToken(canceled: true)));
        Assert.Null(ApiFailure.Of(new InvalidOperationException(), default));
    }
}
