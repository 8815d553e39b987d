using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>The webhooks over HTTP.</summary>
internal static class AdmissionEndpoints
{
    /// <summary>The longest body, in bytes: what the API server itself takes.</summary>
    public const long MaximumBody = 3 * 1024 * 1024;

    /// <summary>Maps <c>POST /admission/mutate</c> and <c>/admission/validate</c>. To be served with TLS. The API server shows
    /// no credential, so anybody who reaches the port may ask; an answer to them gives no power (see <see cref="ApprovalAdmission"/>).</summary>
    public static void MapAdmission(this IEndpointRouteBuilder endpoints, AdmissionHandler handler)
    {
        endpoints.MapPost(WebhookConfigurations.MutatePath, context => AnswerAsync(context, handler.MutateAsync));
        endpoints.MapPost(WebhookConfigurations.ValidatePath, context => AnswerAsync(context, handler.ValidateAsync));
    }

    private static async Task AnswerAsync(HttpContext context, Func<AdmissionRequest, CancellationToken, Task<AdmissionReview>> answer)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaximumBody;
        }

        if (await ReadAsync(context) is not { } request)
        {
            return;
        }

        var review = await answer(request, context.RequestAborted);
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, review, KubernetesJson.Options, context.RequestAborted);
    }

    // Null if it is no question; the answer then says so already.
    private static async Task<AdmissionRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            var review = await JsonSerializer.DeserializeAsync<AdmissionReview>(context.Request.Body, KubernetesJson.Options, context.RequestAborted);
            if (review is { ApiVersion: AdmissionReview.Version, Request: { } request })
            {
                return request;
            }

            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (JsonException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
        catch (BadHttpRequestException e)
        {
            context.Response.StatusCode = e.StatusCode;
        }

        return null;
    }
}
