using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Alerts;

/// <summary>
/// <c>POST /alerts/&lt;kind&gt;/&lt;namespace&gt;/&lt;secret&gt;</c>. Authenticated before the body is read; bounded; answered with 2xx only
/// after the alerts are stored. What cannot be stored now is answered with 503, never 429: Alertmanager sends only 5xx again.
/// </summary>
internal sealed partial class AlertEndpoint(
    AlertSecrets secrets, AlertIntake intake, TimeProvider time, ILogger<AlertEndpoint> logger) : IDisposable
{
    /// <summary>The kind of source that is understood.</summary>
    public const string Alertmanager = "alertmanager";

    private const string RetryAfterSeconds = "5";

    private readonly SemaphoreSlim _places = new(AlertLimits.Concurrent, AlertLimits.Concurrent);

    /// <summary>Adds the route.</summary>
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/alerts/{kind}/{ns}/{secret}", HandleAsync);

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private async Task<IResult> HandleAsync(HttpContext http, string kind, string ns, string secret)
    {
        if (!await _places.WaitAsync(TimeSpan.Zero, http.RequestAborted))
        {
            return Later(http, "too many requests at once");
        }

        try
        {
            return await AcceptAsync(http, kind, ns, secret);
        }
        catch (AlertFormatException exception)
        {
            return Results.Text(exception.Message, statusCode: StatusCodes.Status400BadRequest);
        }
        catch (BadHttpRequestException exception)
        {
            return Results.Text("the request could not be read", statusCode: exception.StatusCode);
        }
        catch (ApiException exception) when (exception.IsInvalid)
        {
            LogRefused(ns, exception.Message);
            return Results.Text("the alerts do not fit their schema", statusCode: StatusCodes.Status400BadRequest);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException or OperationCanceledException)
        {
            LogNotStored(ns, exception.Message);
            return Later(http, "the alerts could not be stored");
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<IResult> AcceptAsync(HttpContext http, string kind, string ns, string secret)
    {
        var cancellationToken = http.RequestAborted;
        if (!IsName(ns) || !IsName(secret)
            || !await secrets.AuthenticatesAsync(kind, new NamespacedName(ns, secret), http.Request.Headers.Authorization, cancellationToken))
        {
            return Results.Text("unknown source or wrong token", statusCode: StatusCodes.Status401Unauthorized);
        }

        if (kind != Alertmanager)
        {
            return Results.Text($"alerts of kind {Alertmanager} are understood", statusCode: StatusCodes.Status404NotFound);
        }

        if (await ReadAsync(http.Request, cancellationToken) is not { } body)
        {
            return Results.Text($"the body is larger than {AlertLimits.Body} bytes", statusCode: StatusCodes.Status413PayloadTooLarge);
        }

        var payload = AlertmanagerPayload.Parse(body.Span);
        await intake.AcceptAsync(ns, payload.GroupKey ?? "", [.. payload.ToAlerts($"{kind}/{secret}", time.GetUtcNow())], cancellationToken);
        return Results.Ok();
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var memory = body.GetMemory(4096);
            var read = await request.Body.ReadAsync(memory, cancellationToken);
            if (read == 0)
            {
                return body.WrittenMemory;
            }

            body.Advance(read);
            if (body.WrittenCount > AlertLimits.Body)
            {
                return null;
            }
        }
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 253 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');

    private static IResult Later(HttpContext http, string message)
    {
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Results.Text(message, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    [LoggerMessage(1, LogLevel.Warning, "Alerts for {Namespace} could not be stored; the sender will send them again: {Error}")]
    private partial void LogNotStored(string @namespace, string error);

    [LoggerMessage(2, LogLevel.Error, "Alerts for {Namespace} were refused by the API server: {Error}")]
    private partial void LogRefused(string @namespace, string error);
}
