using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>A whole list, of all its pages.</summary>
/// <param name="Values">What is kept of each object.</param>
/// <param name="Undecodable">Objects that could not be read.</param>
/// <param name="Version">The version to watch from.</param>
internal sealed record Listing<TView>(IReadOnlyList<TView> Values, IReadOnlyList<UndecodableItem> Undecodable, string Version);

/// <summary>Reads lists page by page, so that of each page only what is kept outlives it.</summary>
internal sealed class PagedList<T, TView>(ObjectSource<T> source, InformerOptions options, Projection<T, TView> projection)
    where T : class, IKubernetesObject
    where TView : class, IKubernetesObject
{
    // Set when the pages ran out of time: a server keeps the state of a list for five minutes or so.
    private bool _inOne;

    /// <summary>Reads the newest state. No version is asked for: then the API server reads from its store, or waits until its cache is
    /// as new.</summary>
    /// <exception cref="ApiException">Of any kind; <see cref="ApiException.IsGone"/> if the pages expired on the way. Then the next list is
    /// read in one.</exception>
    public async Task<Listing<TView>> ReadAsync(CancellationToken cancellationToken)
    {
        var values = new List<TView>();
        var undecodable = new List<UndecodableItem>();
        KubernetesList<T> page;
        string? token = null;
        do
        {
            page = await PageAsync(token, cancellationToken);
            undecodable.AddRange(page.Undecodable);
            foreach (var item in page.Items)
            {
                var (value, failure) = projection.Of(item);
                if (value is not null)
                {
                    values.Add(value);
                }
                else
                {
                    undecodable.Add(failure!);
                }
            }

            token = page.Continue;
        }
        while (token is not null);

        _inOne = false;
        return new Listing<TView>(values, undecodable, page.ResourceVersion
            ?? throw new InvalidDataException($"The list of {source.Definition.GroupResource} has no resourceVersion to watch from."));
    }

    private async Task<KubernetesList<T>> PageAsync(string? token, CancellationToken cancellationToken)
    {
        var listOptions = new ListOptions
        {
            LabelSelector = options.LabelSelector,
            FieldSelector = options.FieldSelector,
            Limit = _inOne ? null : options.PageSize,
            Continue = token,
        };
        try
        {
            return await source.List(options.Namespace, listOptions, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsGone && token is not null)
        {
            _inOne = true;
            throw;
        }
    }
}
