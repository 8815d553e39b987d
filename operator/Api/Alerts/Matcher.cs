using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace RunbookOperator.Api;

/// <summary>How a matcher compares.</summary>
public enum MatchOperator
{
    /// <summary><c>=</c>: the label is the value.</summary>
    Equal,

    /// <summary><c>!=</c>: the label is not the value.</summary>
    NotEqual,

    /// <summary><c>=~</c>: the whole label matches the expression.</summary>
    Match,

    /// <summary><c>!~</c>: the whole label does not match the expression.</summary>
    NotMatch,
}

/// <summary>One matcher in Alertmanager's syntax, such as <c>severity=~"warning|critical"</c>
/// (https://prometheus.io/docs/alerting/latest/configuration/#matcher). A label that is absent has the value "".</summary>
public sealed class Matcher
{
    private readonly Regex? _regex;

    private Matcher(string name, MatchOperator @operator, string value, Regex? regex)
    {
        Name = name;
        Operator = @operator;
        Value = value;
        _regex = regex;
    }

    /// <summary>The label.</summary>
    public string Name { get; }

    /// <summary>How to compare.</summary>
    public MatchOperator Operator { get; }

    /// <summary>The value, or the expression, without quotes and escapes.</summary>
    public string Value { get; }

    /// <summary>Reads a matcher.</summary>
    /// <param name="text">The text, at most <see cref="Limits.Expression"/> characters.</param>
    /// <param name="matcher">The matcher.</param>
    /// <param name="error">What is wrong, for a person; null if nothing is.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Matcher? matcher, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        matcher = null;
        if (!MatcherParser.TryParse(text, out var name, out var @operator, out var value, out error))
        {
            return false;
        }

        Regex? regex = null;
        if (@operator is MatchOperator.Match or MatchOperator.NotMatch && !Re2.TryCompile(value, Re2Scope.WholeValue, out regex, out error))
        {
            return false;
        }

        matcher = new Matcher(name, @operator, value, regex);
        return true;
    }

    /// <summary>Whether <paramref name="labels"/> fit.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var value = labels.TryGetValue(Name, out var label) ? label : string.Empty;
        return Operator switch
        {
            MatchOperator.Equal => value == Value,
            MatchOperator.NotEqual => value != Value,
            MatchOperator.Match => _regex!.IsMatch(value),
            _ => !_regex!.IsMatch(value),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => MatcherParser.Format(Name, Operator, Value);
}
