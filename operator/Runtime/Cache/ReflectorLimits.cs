namespace RunbookOperator.Runtime;

/// <summary>How patiently a reflector follows a server.</summary>
internal static class ReflectorLimits
{
    /// <summary>The wait after the first failure, before it is spread; each further one doubles it.</summary>
    public static readonly TimeSpan BaseDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait, before it is spread over up to twice that.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait that a server may ask for: none may blind for hours.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(5);

    /// <summary>A watch that ended before this, and brought nothing, counts as a failure.</summary>
    public static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(1);

    /// <summary>How long lists that are older than what is known are refused. After it they are believed: the cluster was restored.</summary>
    public static readonly TimeSpan StalePatience = TimeSpan.FromMinutes(5);

    /// <summary>How long a watch on which nothing happens is, as a part of the silence that counts as death.</summary>
    public const double QuietPart = 0.75;

    /// <summary>By what part of that silence such a watch may be longer, so that watches do not end together.</summary>
    public const double QuietSpread = 0.1;

    /// <summary>How many failures in a row are counted: the wait stops growing long before.</summary>
    public const int MaxFailures = 16;

    /// <summary>How long to wait after a failure.</summary>
    /// <param name="failures">Failures before it, in a row.</param>
    /// <param name="asked">What the server asked for, or null.</param>
    /// <param name="jitter">From 0 to 1: by how much of itself the wait is longer.</param>
    public static TimeSpan DelayAfter(int failures, TimeSpan? asked, double jitter)
    {
        var seconds = Math.Min(BaseDelay.TotalSeconds * Math.Pow(2, failures), MaxDelay.TotalSeconds);
        var delay = TimeSpan.FromSeconds(seconds * (1 + jitter));
        var wanted = asked > MaxRetryAfter ? MaxRetryAfter : asked ?? TimeSpan.Zero;
        return wanted > delay ? wanted : delay;
    }
}
