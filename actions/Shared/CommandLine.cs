using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>A command given as a list of words, and what the classifier says of it in a container. No shell ever reads it.</summary>
internal static class CommandLine
{
    private static readonly RiskClassifier Classifier = new();

    /// <summary>The words of an input.</summary>
    /// <exception cref="ActionException">There are none.</exception>
    public static IReadOnlyList<string> Words(ActionInputs inputs, string input) =>
        inputs.List(input) is { Count: > 0 } words && words[0].Length > 0
            ? words
            : throw new ActionException($"the input {input} must have at least one word");

    /// <summary>The words as a line for a shell that runs them in a container. A word that holds <c>${name}</c> becomes one that holds a variable.</summary>
    public static string InContainer(IEnumerable<string> words) => "kubectl exec pod -- " + string.Join(' ', words.Select(Quote));

    /// <summary>The risk of a command in a container, never safe: whoever runs it there may do more than read.</summary>
    public static RiskFinding RiskOf(IEnumerable<string> words, string otherwise)
    {
        var verdict = Classifier.Classify(InContainer(words));
        return verdict.Level == RiskLevel.Dangerous
            ? new RiskFinding(verdict.Level, [.. verdict.Reasons.Select(reason => reason.Message).Distinct(), otherwise])
            : RiskFinding.Caution(otherwise);
    }

    /// <summary>The words for people.</summary>
    public static string Show(IEnumerable<string> words) => Variables.Clean(string.Join(' ', words), Limits.Line);

    private static string Quote(string word)
    {
        var literal = word.Replace("'", "'\\''", StringComparison.Ordinal);
        var variables = Variables.NamesIn(word).Distinct().ToDictionary(name => name, name => $"'\"${name}\"'", StringComparer.Ordinal);
        return Variables.TryFill(literal, variables, out var filled) ? $"'{filled}'" : throw new System.Diagnostics.UnreachableException();
    }
}
