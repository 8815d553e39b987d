namespace RunbookOperator.Runtime;

/// <summary>The lease could not be renewed in time, or another process holds it. The process must end: restarting is cheaper than
/// reasoning about half-dead state.</summary>
public sealed class LeadershipLostException : Exception
{
    /// <summary>Makes the exception.</summary>
    public LeadershipLostException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
