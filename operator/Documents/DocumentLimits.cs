namespace RunbookOperator.Documents;

/// <summary>The bounds of a file. They are checked while it is read, before anything is built from it.</summary>
public static class DocumentLimits
{
    /// <summary>The largest file, in bytes.</summary>
    public const int Bytes = 256 * 1024;

    /// <summary>The deepest nesting of lists and mappings.</summary>
    public const int Depth = 32;

    /// <summary>The most keys, values, lists and mappings of a file, all documents together.</summary>
    public const int Nodes = 20_000;

    /// <summary>The most problems told of one file; a last one says that there are more.</summary>
    public const int Problems = 100;
}
