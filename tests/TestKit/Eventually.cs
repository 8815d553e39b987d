namespace RunbookOperator.TestKit;

/// <summary>Waits for what happens outside the test's process, where nothing could tell it.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks again and again until something is so.</summary>
    /// <param name="what">What is awaited, for the message.</param>
    /// <param name="patience">How long at most.</param>
    /// <param name="condition">Asks.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TimeoutException">It was not so in time.</exception>
    public static async Task UntilAsync(string what, TimeSpan patience, Func<Task<bool>> condition, CancellationToken cancellationToken = default)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > patience)
            {
                throw new TimeoutException($"this did not happen within {patience.TotalSeconds:0} s: {what}");
            }

            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }
}
