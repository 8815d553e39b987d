using System.Diagnostics;
using System.Globalization;
using RunbookOperator.Benchmarks.Report;

namespace RunbookOperator.Benchmarks.Cluster;

/// <summary>When each of some objects was sent, and when it was first seen.</summary>
internal sealed class Arrivals(string prefix, int count)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly long[] _sent = new long[count];
    private readonly long[] _seen = new long[count];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = count;

    /// <summary>The name of an object.</summary>
    public string Name(int i) => $"{prefix}{i}";

    /// <summary>It is about to be sent.</summary>
    public void Sending(int i) => _sent[i] = Stopwatch.GetTimestamp();

    /// <summary>Something of this name was seen, by one thread at a time; other names do not count.</summary>
    public void Saw(ReadOnlySpan<char> name)
    {
        var now = Stopwatch.GetTimestamp();
        if (name.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(name[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var i) && _seen[i] == 0)
        {
            _seen[i] = now;
            if (--_missing == 0)
            {
                _all.SetResult();
            }
        }
    }

    /// <summary>Waits for the last and says how long each took, in milliseconds.</summary>
    public async Task<Samples> AllAsync()
    {
        await _all.Task.WaitAsync(Patience, TimeProvider.System);
        return new Samples([.. _seen.Zip(_sent, static (seen, sent) => Stopwatch.GetElapsedTime(sent, seen).TotalMilliseconds)]);
    }
}
