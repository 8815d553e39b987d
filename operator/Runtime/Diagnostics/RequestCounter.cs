using System.Diagnostics.Metrics;

namespace RunbookOperator.Runtime;

/// <summary>Counts requests by what came of them.</summary>
internal sealed class RequestCounter(Counter<long> requests) : DelegatingHandler
{
    /// <summary>The code of a request that was not answered, as client-go writes it.</summary>
    public const string NoAnswer = "<error>";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var code = NoAnswer;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            code = $"{(int)response.StatusCode}";
            return response;
        }
        finally
        {
            requests.Add(1, new("code", code), new("host", request.RequestUri!.Authority), new("method", request.Method.Method));
        }
    }
}
