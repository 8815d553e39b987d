namespace RunbookOperator.Kubernetes;

/// <summary>Passes bytes on up to a limit, and drops the rest.</summary>
internal sealed class BoundedWriter(Stream? target, long limit)
{
    private long _left = limit;

    /// <summary>Whether anything was dropped for the limit's sake.</summary>
    public bool IsTruncated { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (target is null)
        {
            return;
        }

        var part = content[..(int)Math.Min(content.Length, _left)];
        IsTruncated |= part.Length < content.Length;
        _left -= part.Length;
        await target.WriteAsync(part, cancellationToken);
    }
}
