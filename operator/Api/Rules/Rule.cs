namespace RunbookOperator.Api;

/// <summary>A rule across the fields of an object, said twice: as CEL for API servers that know it, and as a predicate for everybody else. A test
/// holds the two against each other.</summary>
public sealed class Rule
{
    /// <summary>What the document rules call a rule across fields.</summary>
    public const string Together = "RBK012";

    /// <summary>What the document rules call a condition that cannot be compared.</summary>
    public const string Comparison = "RBK018";

    private readonly Func<object, object?, IEnumerable<string>> _broken;

    private Rule(string cel, string message, bool isTransition, Func<object, object?, IEnumerable<string>> broken)
    {
        Cel = cel;
        Message = message;
        IsTransition = isTransition;
        _broken = broken;
    }

    /// <summary>The expression. <c>self</c> is the object, <c>oldSelf</c> what it was before.</summary>
    public string Cel { get; }

    /// <summary>What to do about it, for the person who broke it.</summary>
    public string Message { get; }

    /// <summary>Id of the document rule that explains it.</summary>
    public string Id { get; private init; } = Together;

    /// <summary>Whether it compares an object with what it was, so that nothing new can break it.</summary>
    public bool IsTransition { get; }

    /// <summary>Where <paramref name="self"/> breaks the rule: paths from the object, such as <c>steps[2].needs[0]</c>, empty for the object
    /// itself. Nothing if it keeps it.</summary>
    /// <param name="self">The object.</param>
    /// <param name="old">What it was; null for a new one.</param>
    public IEnumerable<string> Broken(object self, object? old) => IsTransition && old is null ? [] : _broken(self, old);

    /// <summary>A rule that holds or not.</summary>
    internal static Rule Of<T>(string cel, string message, Func<T, bool> holds)
        where T : class => new(cel, message, isTransition: false, (self, _) => holds((T)self) ? [] : [""]);

    /// <summary>A rule that is broken at places.</summary>
    internal static Rule At<T>(string cel, string message, Func<T, IEnumerable<string>> broken)
        where T : class => new(cel, message, isTransition: false, (self, _) => broken((T)self));

    /// <summary>A rule about a change, given the new object and the old one.</summary>
    internal static Rule Change<T>(string cel, string message, Func<T, T, bool> holds)
        where T : class => new(cel, message, isTransition: true, (self, old) => holds((T)self, (T)old!) ? [] : [""]);

    /// <summary>A rule about a change that is broken at places.</summary>
    internal static Rule ChangeAt<T>(string cel, string message, Func<T, T, IEnumerable<string>> broken)
        where T : class => new(cel, message, isTransition: true, (self, old) => broken((T)self, (T)old!));

    /// <summary>The same rule under another document rule.</summary>
    internal Rule As(string id) => new(Cel, Message, IsTransition, _broken) { Id = id };
}
