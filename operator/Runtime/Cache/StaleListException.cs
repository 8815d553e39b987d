namespace RunbookOperator.Runtime;

/// <summary>A list is older than what is known already: it came from an API server that lags behind.</summary>
internal sealed class StaleListException(string resource, string? version, string? newest)
    : Exception($"The list of {resource} is of version {version}, older than {newest}, which is known; it is not used.");
