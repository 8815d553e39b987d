namespace RunbookOperator.Runtime;

/// <summary>The pass cannot succeed until the object, or something it watches, changes: do not retry.</summary>
public sealed class TerminalException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">Why, for a person.</param>
    /// <param name="innerException">What led to it, or null.</param>
    public TerminalException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
