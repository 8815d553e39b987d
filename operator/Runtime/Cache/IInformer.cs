namespace RunbookOperator.Runtime;

/// <summary>The part of an informer that does not depend on its kind.</summary>
public interface IInformer
{
    /// <summary>What it holds, such as <c>runbooks.runbooks.dev</c>.</summary>
    string Resource { get; }

    /// <summary>Whether the first list is in the cache.</summary>
    bool HasSynced { get; }

    /// <summary>Waits until <see cref="HasSynced"/>.</summary>
    Task WaitForSyncAsync(CancellationToken cancellationToken);

    /// <summary>Fills the cache and follows changes until cancelled. Never gives up.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
