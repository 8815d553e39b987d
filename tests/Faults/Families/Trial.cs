using System.Collections.Concurrent;

namespace RunbookOperator.Faults;

/// <summary>What a family works with, and where it says what it saw.</summary>
internal sealed class Trial(Bench bench, Random random, double dose)
{
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentQueue<string> _notes = new();
    private int _fired;
    private int _subjects;

    public Bench Bench => bench;

    public int Fired => _fired;

    public int Subjects => _subjects;

    public IReadOnlyList<string> Failures => [.. _failures];

    public IReadOnlyList<string> Notes => [.. _notes];

    /// <summary>That many times the dose, at least <paramref name="least"/>.</summary>
    public int Times(double full, int least = 1) => Math.Max(least, (int)Math.Round(full * dose));

    /// <summary>A fault has happened.</summary>
    public void Fire() => Interlocked.Increment(ref _fired);

    /// <summary>A run, or an alert, went through it.</summary>
    public void Subject(int count = 1) => Interlocked.Add(ref _subjects, count);

    /// <summary>A promise was broken.</summary>
    public void Fail(string what) => _failures.Enqueue(what);

    /// <summary>Something was measured.</summary>
    public void Note(string what) => _notes.Enqueue(what);

    /// <summary>A number from 0 to 1, by the seed.</summary>
    public double Chance()
    {
        lock (random)
        {
            return random.NextDouble();
        }
    }

    /// <summary>One of some.</summary>
    public T One<T>(IReadOnlyList<T> of)
    {
        lock (random)
        {
            return of[random.Next(of.Count)];
        }
    }

    /// <summary>A time between two.</summary>
    public TimeSpan Between(double fromSeconds, double toSeconds) => TimeSpan.FromSeconds(fromSeconds + (Chance() * (toSeconds - fromSeconds)));

    /// <summary>Holds everything that happened in an arena against every oracle.</summary>
    public async Task JudgeAsync(Arena arena, IEnumerable<SentAlert> taken)
    {
        foreach (var broken in await Verdict.OfAsync(bench, arena, taken))
        {
            Fail(broken);
        }
    }
}
