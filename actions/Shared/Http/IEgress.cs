namespace RunbookOperator.Actions;

/// <summary>Sends requests to what is not the Kubernetes API.</summary>
public interface IEgress
{
    /// <summary>Sends a request, once; a redirect is an answer like any other.</summary>
    /// <exception cref="EgressException">There is no answer.</exception>
    Task<EgressAnswer> SendAsync(EgressRequest request, CancellationToken cancellationToken);
}
