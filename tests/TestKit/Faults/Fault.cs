using System.Net;
using System.Text;

namespace RunbookOperator.TestKit;

/// <summary>Something that goes wrong with one request, and with the next ones like it if there are to be more.</summary>
public sealed class Fault
{
    private readonly Func<HttpRequestMessage, bool> _matches;
    private readonly TaskCompletionSource _fired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;
    private int _count;

    private Fault(Func<HttpRequestMessage, bool> matches, int times)
    {
        _matches = matches;
        _left = times;
    }

    /// <summary>How often it has happened.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Ends when it has happened for the first time.</summary>
    public Task Fired => _fired.Task;

    /// <summary>What is given in place of the server's answer; null lets the request through.</summary>
    internal Func<HttpRequestMessage, HttpResponseMessage>? Instead { get; private init; }

    /// <summary>What is made of the server's answer; null leaves it.</summary>
    internal Func<HttpResponseMessage, Task<HttpResponseMessage>>? Afterwards { get; private init; }

    /// <summary>Whether the request waits for <see cref="Release"/>.</summary>
    internal bool Waits { get; private init; }

    internal Task Released => _released.Task;

    /// <summary>Refuses, without asking the server.</summary>
    /// <param name="matches">Which requests.</param>
    /// <param name="code">The status code.</param>
    /// <param name="reason">The reason of the Status in the body.</param>
    /// <param name="times">How many of them.</param>
    /// <param name="retryAfter">Seconds that the client is asked to wait.</param>
    /// <param name="held">Whether the refusal waits for <see cref="Release"/>.</param>
    public static Fault Refuse(
        Func<HttpRequestMessage, bool> matches, HttpStatusCode code, string reason, int times = 1, int? retryAfter = null, bool held = false) =>
        new(matches, times) { Instead = _ => Refusal(code, reason, retryAfter), Waits = held };

    /// <summary>The server does what it is asked to, and its answer is lost: a refusal comes in its place.</summary>
    public static Fault Commit(Func<HttpRequestMessage, bool> matches, HttpStatusCode code, string reason, int times = 1) => new(matches, times)
    {
        Afterwards = answer =>
        {
            answer.Dispose();
            return Task.FromResult(Refusal(code, reason, null));
        },
    };

    /// <summary>The request waits until <see cref="Release"/>.</summary>
    public static Fault Delay(Func<HttpRequestMessage, bool> matches) => new(matches, 1) { Waits = true };

    /// <summary>The body of the answer is another.</summary>
    public static Fault Rewrite(Func<HttpRequestMessage, bool> matches, Func<string, string> rewrite, int times = 1) => new(matches, times)
    {
        Afterwards = async answer =>
        {
            var body = await answer.Content.ReadAsStringAsync();
            answer.Content = new StringContent(rewrite(body), Encoding.UTF8, "application/json");
            return answer;
        },
    };

    /// <summary>The body of the answer goes through <paramref name="stream"/>, which the test can break.</summary>
    public static Fault Stream(Func<HttpRequestMessage, bool> matches, FaultStream stream, int times = 1) => new(matches, times)
    {
        Afterwards = async answer =>
        {
            answer.Content = new StreamContent(stream.Around(await answer.Content.ReadAsStreamAsync()));
            return answer;
        },
    };

    /// <summary>Lets the requests that wait go on.</summary>
    public void Release() => _released.TrySetResult();

    internal bool Takes(HttpRequestMessage request)
    {
        if (!_matches(request) || Interlocked.Decrement(ref _left) < 0)
        {
            return false;
        }

        Interlocked.Increment(ref _count);
        _fired.TrySetResult();
        return true;
    }

    private static HttpResponseMessage Refusal(HttpStatusCode code, string reason, int? retryAfter)
    {
        var answer = WireHandler.Refusal(code, reason);
        answer.Headers.RetryAfter = retryAfter is { } seconds ? new(TimeSpan.FromSeconds(seconds)) : null;
        return answer;
    }
}
