namespace RunbookOperator.Actions.Tests.Cluster;

/// <summary>What goes wrong with a patch on its way.</summary>
internal enum WireFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It never arrives.</summary>
    LostRequest,

    /// <summary>It arrives, and the answer does not.</summary>
    LostAnswer,
}

/// <summary>Loses patches or their answers, in this order; later ones go through. Reads go through unless told otherwise.</summary>
internal sealed class WireFaults(HttpMessageHandler inner, params WireFault[] faults) : DelegatingHandler(inner)
{
    private int _patches;

    /// <summary>How many patches were sent.</summary>
    public int Patches => _patches;

    /// <summary>Whether reads fail once a patch was sent.</summary>
    public bool LoseReads { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Patch)
        {
            return LoseReads && _patches > 0 ? throw new HttpRequestException("lost") : await base.SendAsync(request, cancellationToken);
        }

        var fault = _patches < faults.Length ? faults[_patches] : WireFault.None;
        _patches++;
        if (fault == WireFault.LostRequest)
        {
            throw new HttpRequestException("lost");
        }

        var answer = await base.SendAsync(request, cancellationToken);
        if (fault == WireFault.LostAnswer)
        {
            answer.Dispose();
            throw new HttpRequestException("lost");
        }

        return answer;
    }
}
