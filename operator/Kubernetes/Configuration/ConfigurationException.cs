namespace RunbookOperator.Kubernetes;

/// <summary>The configuration of the connection cannot be used. The message names the file and the field, never a credential.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Makes the exception.</summary>
    public ConfigurationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
