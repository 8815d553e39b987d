using System.Text;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>What was read of one log.</summary>
/// <param name="Text">Its end, in whole lines.</param>
/// <param name="Problem">Why the API server gave none, or null.</param>
internal sealed record LogText(string Text, string? Problem);

/// <summary>One container of one pod.</summary>
internal sealed record LogSource(NamespacedName Pod, string Container)
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>The containers to read: the one of this name in each pod that has it, init containers too, or all of each pod.</summary>
    public static IEnumerable<LogSource> Choose(IEnumerable<Pod> pods, string? container) =>
        from pod in pods
        let all = (pod.Spec?.Containers ?? []).Select(c => c.Name)
        let chosen = container is null
            ? all
            : (pod.Spec?.InitContainers ?? []).Select(c => c.Name).Concat(all).Where(name => name == container)
        from name in chosen
        select new LogSource(NamespacedName.Of(pod), name);

    /// <summary>Reads the log and keeps its end. A log that the server will not give, of a container not started yet for example, is a problem of
    /// this one only; anything else is thrown.</summary>
    public async Task<LogText> ReadAsync(IKubernetesClient client, LogOptions options, int maximumBytes, CancellationToken cancellationToken)
    {
        try
        {
            var stream = await client.LogsAsync(Pod, options with { Container = Container }, cancellationToken);
            await using (stream)
            {
                var text = await KeepEndAsync(stream, maximumBytes, cancellationToken);
                return new LogText(text.Length == 0 ? "(no lines)\n" : text, Problem: null);
            }
        }
        catch (ApiException exception) when (ApiFailure.Of(exception, cancellationToken) is { Kind: FailureKind.Refused } failure)
        {
            return new LogText("", failure.Message);
        }
    }

    /// <summary>The end of a stream: at most <paramref name="maximumBytes"/>, beginning with a whole line if anything was cut.</summary>
    internal static async Task<string> KeepEndAsync(Stream stream, int maximumBytes, CancellationToken cancellationToken)
    {
        var kept = new MemoryStream();
        var buffer = new byte[BufferBytes];
        var cut = false;
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            kept.Write(buffer, 0, count);
            if (kept.Length > 2L * maximumBytes)
            {
                kept = Tail(kept, maximumBytes);
                cut = true;
            }
        }

        cut |= kept.Length > maximumBytes;
        var text = Encoding.UTF8.GetString(Tail(kept, maximumBytes).ToArray());
        var line = cut ? text.IndexOf('\n', StringComparison.Ordinal) + 1 : 0;
        text = text[line..];
        return text.Length == 0 || text[^1] == '\n' ? text : text + "\n";
    }

    private static MemoryStream Tail(MemoryStream kept, int maximumBytes)
    {
        var bytes = kept.GetBuffer().AsSpan(0, (int)kept.Length);
        var tail = new MemoryStream();
        tail.Write(bytes.Length > maximumBytes ? bytes[^maximumBytes..] : bytes);
        return tail;
    }
}
