namespace RunbookOperator.Kubernetes;

/// <summary>A file that somebody else renews, as the kubelet does with tokens. It is read again by time, not by date: the file is reached
/// through links whose own date does not change. What was read last stays good while the file cannot be read.</summary>
internal sealed class FileText(string path, string field, Place place, TimeProvider time)
{
    /// <summary>How long what was read is believed.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private volatile Known? _known;

    /// <summary>The text.</summary>
    /// <exception cref="ConfigurationException">It could never be read.</exception>
    public string Read()
    {
        var known = _known;
        if (known is { Stale: false } && time.GetElapsedTime(known.At) < Lifetime)
        {
            return known.Text;
        }

        var at = time.GetTimestamp();
        try
        {
            _known = new Known(File.ReadAllText(path), at);
            return _known.Text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _known = known is null ? throw place.Error(field, $"cannot be read: {exception.Message}", exception) : new Known(known.Text, at);
            return _known.Text;
        }
    }

    /// <summary>Have the file read again at the next use.</summary>
    public void Invalidate() => _known = _known is { } known ? known with { Stale = true } : null;

    private sealed record Known(string Text, long At, bool Stale = false);
}
