using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>Sends what cannot be taken back, once. The attempt's id goes with it, so that a server that knows the header can tell a repetition
/// (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/).</summary>
internal static class HttpSend
{
    public const string NoUndo = "Nothing undoes it from here: a request that was answered cannot be taken back.";

    /// <summary>The header with the attempt's id, a quoted string as structured fields are.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>Sends a request to the address in the inputs.</summary>
    /// <param name="context">The inputs and the attempt.</param>
    /// <param name="egress">What sends.</param>
    /// <param name="method">The method.</param>
    /// <param name="body">Body and its media type, or null.</param>
    /// <param name="isSafe">Whether it only reads: then it may be sent again, and only Secrets for that are used.</param>
    /// <param name="cancellationToken">Gives up; what was sent may have happened.</param>
    /// <exception cref="ActionException">It cannot be sent so.</exception>
    public static async Task<ActionOutcome> SendAsync(
        ActionContext context, IEgress egress, HttpMethod method, (byte[] Bytes, string Type)? body, bool isSafe, CancellationToken cancellationToken)
    {
        var credential = await Credential.ReadAsync(context, isSafe, cancellationToken);
        var request = new EgressRequest(method, new Uri(context.Inputs.Required(HttpInputs.Url)))
        {
            Headers = isSafe ? credential.Headers : [KeyValuePair.Create(IdempotencyKey, $"\"{context.AttemptId}\""), .. credential.Headers],
            Authorities = credential.Authorities,
            Body = body is { } sent ? sent.Bytes : (ReadOnlyMemory<byte>?)null,
            ContentType = body?.Type ?? "",
        };
        return await SendAsync(context, egress, request, isSafe, cancellationToken);
    }

    /// <summary>Sends a request that is ready.</summary>
    public static async Task<ActionOutcome> SendAsync(
        ActionContext context, IEgress egress, EgressRequest request, bool isSafe, CancellationToken cancellationToken)
    {
        if (context.MayHaveActed && !isSafe)
        {
            return new ActionOutcome.Unknown($"the operator was started anew while {request} was asked; whether the request was sent is not known");
        }

        try
        {
            var answer = await egress.SendAsync(request, cancellationToken);
            var output = HttpInputs.Show(answer);
            var said = $"{request} answered {answer.Status}{Redirected(answer)}";
            return HttpInputs.IsExpected(context.Inputs, answer) ? new ActionOutcome.Succeeded(output)
                : isSafe || Refuses(answer) ? new ActionOutcome.Failed(said, output)
                : new ActionOutcome.Unknown($"whether it happened is not known: {said}");
        }
        catch (EgressException exception)
        {
            var message = Variables.Clean(exception.Message, Limits.Message);
            return exception.Failure == EgressFailure.Refused || (exception.Failure == EgressFailure.Unreachable && !isSafe)
                ? new ActionOutcome.Failed(message)
                : new ActionOutcome.Unknown(message);
        }
    }

    /// <summary>What is recorded before it is sent.</summary>
    public static ActionTarget Target(ActionContext context, ActionDeclaration declaration) => new()
    {
        ApiVersion = "http",
        Kind = declaration.Name,
        Namespace = context.Namespace,
        Name = OutsideUrl.Authority(context.Inputs.Required(HttpInputs.Url)),
        Uid = "",
        ResourceVersion = "",
        Seen = new JsonObject { [OutsideChange.SeenMark] = context.AttemptId },
        Undo = NoUndo,
    };

    // The server says that it was asked wrongly, or that it cannot do such a thing. Anything else it can say in the middle of the deed, or after it.
    private static bool Refuses(EgressAnswer answer) => answer.Status is (>= 400 and < 500) or 501;

    private static string Redirected(EgressAnswer answer) => answer.Status is >= 300 and < 400 and not 304 ? "; redirects are not followed" : "";
}
