using RunbookOperator.Kubernetes;

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

/// <summary>An informer, by what it keeps of each object.</summary>
public interface IInformer<T> : IInformer, ILister<T>
    where T : class, IKubernetesObject
{
    /// <summary>Tells <paramref name="handler"/> of every change from now on, and first of what is there already. It is called by one
    /// thread at a time and must not block.</summary>
    void Subscribe(Action<ResourceEvent<T>> handler);
}
