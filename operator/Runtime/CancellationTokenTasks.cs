namespace RunbookOperator.Runtime;

/// <summary>A cancellation as something to wait for among others.</summary>
internal static class CancellationTokenTasks
{
    /// <summary>A task that ends, without an exception, when <paramref name="cancellationToken"/> is cancelled.</summary>
    public static Task AsTask(this CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(static source => ((TaskCompletionSource)source!).TrySetResult(), cancelled);
        return cancelled.Task;
    }
}
