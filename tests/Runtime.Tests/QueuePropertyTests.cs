using FsCheck;
using FsCheck.Fluent;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests;

/// <summary>Random sequences of what controllers do with a queue, against a model that is too simple to be wrong.</summary>
public sealed class QueuePropertyTests
{
    private static readonly NamespacedName[] Keys = [.. Enumerable.Range(0, 4).Select(i => new NamespacedName("shop", $"k{i}"))];

    private static readonly Gen<Step[]> Steps =
        (from act in Gen.Elements(Enum.GetValues<Act>())
         from key in Gen.Elements(Keys)
         from seconds in Gen.Choose(0, 5)
         select new Step(act, key, TimeSpan.FromSeconds(seconds))).ArrayOf();

    [Fact]
    public void The_queue_does_what_the_model_does() => Prop.ForAll(Steps.Resize(80).ToArbitrary(), steps =>
    {
        using var world = new World();
        foreach (var step in steps)
        {
            world.Do(step);
        }

        world.End();
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    public enum Act
    {
        Add,
        AddAfter,
        AddRateLimited,
        Forget,
        Get,
        Done,
        Advance,
    }

    public sealed record Step(Act Act, NamespacedName Key, TimeSpan Span);

    /// <summary>A queue and its model, side by side.</summary>
    private sealed class World : IDisposable
    {
        private readonly ManualTimeProvider _time = new();
        private readonly RateLimitingQueue _queue;
        // The model: what waits, in order; what is in work; what came while in work; what waits for a time; how often each failed.
        private readonly List<NamespacedName> _waiting = [];
        private readonly HashSet<NamespacedName> _inWork = [];
        private readonly HashSet<NamespacedName> _again = [];
        private readonly Dictionary<NamespacedName, (TimeSpan At, int Asked)> _due = [];
        private int _asked;
        private readonly Dictionary<NamespacedName, int> _failures = [];
        private TimeSpan _now;

        public World() => _queue = new RateLimitingQueue("test", Given.Context(_time));

        public void Do(Step step)
        {
            Act(step);
            Assert.Equal(_waiting.Count, _queue.Count);
            Assert.Equal(_due.Count, _queue.Delayed);
            Assert.Equal(_failures.GetValueOrDefault(step.Key), _queue.Failures(step.Key));
        }

        // Everything that was asked for comes out in the end, and then there is silence.
        public void End()
        {
            _time.Advance(RateLimiter.MaxDelay * 2);
            Pass(RateLimiter.MaxDelay * 2);
            while (_waiting.Count > 0 || _inWork.Count > 0)
            {
                Get();
                foreach (var key in _inWork.ToList())
                {
                    Finish(key);
                }
            }

            Assert.True(_queue.IdleAsync(CancellationToken.None).IsCompleted);
            _queue.Add(Keys[0]);
            _queue.ShutDown();
            _queue.Add(Keys[1]);
            Assert.Null(_queue.GetAsync(CancellationToken.None).GetAwaiter().GetResult());
        }

        public void Dispose() => _queue.Dispose();

        private void Act(Step step)
        {
            switch (step.Act)
            {
                case QueuePropertyTests.Act.Add:
                    _queue.Add(step.Key);
                    Ask(step.Key);
                    break;
                case QueuePropertyTests.Act.AddAfter:
                    _queue.AddAfter(step.Key, step.Span);
                    Later(step.Key, step.Span);
                    break;
                case QueuePropertyTests.Act.AddRateLimited:
                    var failures = _failures[step.Key] = _failures.GetValueOrDefault(step.Key) + 1;
                    _queue.AddRateLimited(step.Key);
                    var seconds = Math.Min(RateLimiter.BaseDelay.TotalSeconds * Math.Pow(2, failures - 1), RateLimiter.MaxDelay.TotalSeconds);
                    Later(step.Key, TimeSpan.FromSeconds(seconds));
                    break;
                case QueuePropertyTests.Act.Forget:
                    _queue.Forget(step.Key);
                    _failures.Remove(step.Key);
                    break;
                case QueuePropertyTests.Act.Get when _waiting.Count > 0:
                    Get();
                    break;
                case QueuePropertyTests.Act.Done:
                    Finish(step.Key);
                    break;
                case QueuePropertyTests.Act.Advance:
                    _time.Advance(step.Span);
                    Pass(step.Span);
                    break;
            }
        }

        private void Get()
        {
            if (_waiting.Count == 0)
            {
                return;
            }

            var got = _queue.GetAsync(CancellationToken.None).GetAwaiter().GetResult();
            Assert.Equal(_waiting[0], got);
            _waiting.RemoveAt(0);
            Assert.True(_inWork.Add(got!.Value), "the same key is in two hands");
        }

        private void Finish(NamespacedName key)
        {
            _queue.Done(key);
            if (_inWork.Remove(key) && _again.Remove(key))
            {
                _waiting.Add(key);
            }
        }

        private void Ask(NamespacedName key)
        {
            if (_inWork.Contains(key))
            {
                _again.Add(key);
            }
            else if (!_waiting.Contains(key))
            {
                _waiting.Add(key);
            }
        }

        private void Later(NamespacedName key, TimeSpan span)
        {
            if (span <= TimeSpan.Zero)
            {
                Ask(key);
            }
            else if (!_due.TryGetValue(key, out var due) || due.At > _now + span)
            {
                _due[key] = (_now + span, _asked++);
            }
        }

        private void Pass(TimeSpan span)
        {
            _now += span;
            foreach (var (key, _) in _due.Where(entry => entry.Value.At <= _now).OrderBy(entry => entry.Value).ToList())
            {
                _due.Remove(key);
                Ask(key);
            }
        }
    }
}
