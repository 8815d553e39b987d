using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>A system that speaks JSON over HTTP, with who asks.</summary>
internal sealed class OutsideApi(IEgress egress, Endpoint endpoint, Credential credential)
{
    private const int Depth = 32;

    /// <summary>Finds the system that the inputs name, and reads the Secret.</summary>
    /// <exception cref="ActionException">It cannot be spoken to so.</exception>
    public static async Task<OutsideApi> ConnectAsync(ActionContext context, IEgress egress, bool isSafe, CancellationToken cancellationToken) => new(
        egress,
        await Endpoint.ResolveAsync(context, cancellationToken),
        await Credential.ReadAsync(context, isSafe, cancellationToken));

    /// <summary>Sends a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Path and query, made of constants and escaped values.</param>
    /// <param name="body">JSON, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EgressException">There is no answer.</exception>
    public Task<EgressAnswer> SendAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken) => egress.SendAsync(
        new EgressRequest(method, new Uri(endpoint.Base, path))
        {
            Address = endpoint.Address,
            Authorities = credential.Authorities,
            Headers = [KeyValuePair.Create("Accept", "application/json"), .. credential.Headers],
            Body = body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body),
            MaximumBytes = OutsideRead.MaximumBytes,
        },
        cancellationToken);

    /// <summary>The answer as JSON, or null if it is none.</summary>
    public static JsonNode? TryParse(EgressAnswer answer)
    {
        try
        {
            return JsonNode.Parse(answer.Body.Span, null, new JsonDocumentOptions { MaxDepth = Depth });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a refusal says of itself, as the end of a sentence.</summary>
    public static string Error(JsonNode? json)
    {
        var said = json is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : json.Text("error") ?? json.Text("message");
        return said is null ? "" : ": " + Variables.Clean(said, Limits.Line);
    }

    /// <summary>Where it is.</summary>
    public override string ToString() => endpoint.Base.GetLeftPart(UriPartial.Authority);
}
