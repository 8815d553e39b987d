using System.Net;
using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests;

public sealed class ApiErrorTests
{
    private static readonly NamespacedName Web = new("shop", "web");

    [Theory]
    [InlineData(404, "NotFound", nameof(ApiException.IsNotFound))]
    [InlineData(409, "AlreadyExists", nameof(ApiException.IsAlreadyExists))]
    [InlineData(409, "Conflict", nameof(ApiException.IsConflict))]
    [InlineData(410, "Expired", nameof(ApiException.IsGone))]
    [InlineData(410, "Gone", nameof(ApiException.IsGone))]
    [InlineData(422, "Invalid", nameof(ApiException.IsInvalid))]
    [InlineData(403, "Forbidden", nameof(ApiException.IsForbidden))]
    [InlineData(401, "Unauthorized", nameof(ApiException.IsUnauthorized))]
    [InlineData(429, "TooManyRequests", nameof(ApiException.IsTransient))]
    [InlineData(503, "ServiceUnavailable", nameof(ApiException.IsTransient))]
    public async Task An_error_is_classified_by_code_and_reason_as_one_thing(int code, string reason, string expected)
    {
        using var wire = new Wire(_ => WireHandler.Refusal((HttpStatusCode)code, reason));

        var error = await Assert.ThrowsAsync<ApiException>(() => wire.Client.GetAsync<Pod>(Web, CancellationToken.None));

        var classes = typeof(ApiException).GetProperties().Where(property => property.PropertyType == typeof(bool) && (bool)property.GetValue(error)!);
        Assert.Equal([expected], classes.Select(property => property.Name));
        Assert.Equal("refused", error.Message);
    }

    [Fact]
    public async Task The_server_says_how_long_to_wait()
    {
        using var wire = new Wire(_ =>
        {
            var response = WireHandler.Refusal(HttpStatusCode.TooManyRequests, "TooManyRequests");
            response.Headers.TryAddWithoutValidation("Retry-After", "7");
            return response;
        });

        var error = await Assert.ThrowsAsync<ApiException>(() => wire.Client.GetAsync<Pod>(Web, CancellationToken.None));

        Assert.Equal(TimeSpan.FromSeconds(7), error.RetryAfter);
    }

    [Fact]
    public async Task An_answer_that_is_no_Status_is_repeated_in_part()
    {
        using var wire = new Wire(_ => new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent(new string('x', 5000)) });

        var error = await Assert.ThrowsAsync<ApiException>(() => wire.Client.GetAsync<Pod>(Web, CancellationToken.None));

        Assert.True(error.IsTransient);
        Assert.Null(error.Reason);
        Assert.Equal(ApiErrors.MaxText, error.Message.Length);
    }

    [Fact]
    public async Task Find_takes_absence_for_an_answer()
    {
        using var wire = new Wire(_ => WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound"));

        Assert.Null(await wire.Client.FindAsync<Pod>(Web, CancellationToken.None));
    }

    // Kubernetes 1.20 answers so for custom resources while it starts: taken for absence, an object that is there would be forgotten.
    [Fact]
    public async Task A_path_that_is_not_served_says_nothing_of_the_object()
    {
        using var wire = new Wire(_ => new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new StringContent("404 page not found\n") });

        var error = await Assert.ThrowsAsync<ApiException>(() => wire.Client.FindAsync<Pod>(Web, CancellationToken.None));

        Assert.Equal((false, true, true), (error.IsNotFound, error.IsNotServed, error.IsTransient));
    }

    [Fact]
    public async Task A_disruption_budget_is_told_apart_from_a_busy_server()
    {
        using var wire = new Wire(request => request.Method == "GET"
            ? WireHandler.Json("""{"resources":[{"name":"pods/eviction","kind":"Eviction","namespaced":true,"group":"policy","version":"v1beta1"}]}""")
            : WireHandler.Json("""{"reason":"TooManyRequests","code":429,"details":{"causes":[{"reason":"DisruptionBudget","message":"m"}]}}""", HttpStatusCode.TooManyRequests));

        var error = await Assert.ThrowsAsync<ApiException>(() => wire.Client.EvictAsync(Web, null, CancellationToken.None));

        Assert.True(error.IsDisruptionBudget);
        Assert.True(error.IsTransient);
        Assert.Equal(new ApiErrorCause("DisruptionBudget", "m"), Assert.Single(error.Causes));
    }
}
