namespace RunbookOperator.Executions;

/// <summary>Too little is left of the lease to send an act; the attempt is recorded and acts when the lease is renewed, here or elsewhere.</summary>
internal sealed class LeaseTooShortException : Exception
{
    /// <summary>Makes the exception.</summary>
    public LeaseTooShortException()
        : base("too little of the lease is left to act")
    {
    }
}
