namespace RunbookOperator.Kubernetes;

/// <summary>Runs programs in containers.</summary>
public static class ExecCalls
{
    // v5 can tell the end of the input; servers before 1.30 know v4 at best.
    private static readonly string[] Protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

    /// <summary>Runs a program in a running container and waits for its end. Needs the permission <c>get</c> on <c>pods/exec</c>, from 1.35
    /// on <c>create</c>. There is no bound in time but <paramref name="cancellationToken"/>, which closes the connection; what runs in the
    /// container may go on until it writes.</summary>
    /// <param name="client">The client.</param>
    /// <param name="pod">The Pod.</param>
    /// <param name="options">What to run, and where its streams go.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How it ended. A program that fails is a result, not an exception.</returns>
    /// <exception cref="ApiException">The API server refused, or the container could not run the program.</exception>
    /// <exception cref="HttpRequestException">The connection broke before the program's end was told.</exception>
    public static async Task<ExecResult> ExecAsync(
        this IKubernetesClient client, NamespacedName pod, ExecOptions options, CancellationToken cancellationToken)
    {
        var query = new QueryString()
            .Add("container", options.Container)
            .Add("stdin", options.Input is not null)
            // Always asked for: what nobody reads is dropped here, and a program must not fail for want of a place to write to.
            .Add("stdout", value: true)
            .Add("stderr", value: true);
        foreach (var argument in options.Command)
        {
            query.Add("command", argument);
        }

        var request = new ApiRequest(HttpMethod.Get, ResourcePath.OfObject(Pod.Definition, pod, "exec") + query);
        using var socket = await client.ConnectAsync(request, Protocols, cancellationToken);
        using var session = new ExecSession(socket, options);
        return await session.RunAsync(cancellationToken);
    }
}
