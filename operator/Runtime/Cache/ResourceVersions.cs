namespace RunbookOperator.Runtime;

/// <summary>Compares the versions that one API server gives to objects and lists of one kind.</summary>
/// <remarks>They count up with every write to the store behind the server, so that of two the smaller number is older; Kubernetes promises
/// it since 1.35, and every server that keeps its objects in etcd has always done it. What is no number is compared with nothing.</remarks>
internal static class ResourceVersions
{
    /// <summary>Whether <paramref name="version"/> is known to be older than <paramref name="other"/>.</summary>
    public static bool IsOlder(string? version, string? other) =>
        IsNumber(version) && IsNumber(other) && Compare(version!, other!) < 0;

    /// <summary>The newer of two; the first if they cannot be compared.</summary>
    public static string? Newer(string? version, string? other) =>
        version is null || IsOlder(version, other) ? other : version;

    // As text, since nothing says how long they may become.
    private static int Compare(string left, string right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(left, right);

    private static bool IsNumber(string? version) =>
        !string.IsNullOrEmpty(version) && version[0] != '0' && version.All(char.IsAsciiDigit);
}
