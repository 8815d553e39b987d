namespace RunbookOperator.Kubernetes;

/// <summary>Tokens of service accounts. A token is reviewed by creating a <see cref="TokenReview"/>.</summary>
public static class TokenCalls
{
    /// <summary>Makes a token for a service account. The answer's status has it, and when it runs out.</summary>
    /// <param name="client">The client.</param>
    /// <param name="account">The service account.</param>
    /// <param name="spec">For whom, how long, and bound to what.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public static async Task<TokenRequestStatus> RequestTokenAsync(
        this IKubernetesClient client, NamespacedName account, TokenRequestSpec spec, CancellationToken cancellationToken)
    {
        var body = new TokenRequest { ApiVersion = TokenRequest.Version, Kind = nameof(TokenRequest), Spec = spec };
        var request = new ApiRequest(HttpMethod.Post, ResourcePath.OfObject(ServiceAccount.Definition, account, "token"))
        {
            Body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body, KubernetesJson.Options.TypeOf<TokenRequest>()),
        };
        var answer = Body.Decode<TokenRequest>(await client.SendAsync(request, cancellationToken), KubernetesJson.Options);
        return answer.Status ?? throw new InvalidDataException($"The answer to the request for a token of {account} has no status.");
    }
}
