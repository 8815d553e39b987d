using RunbookOperator.Api;

namespace RunbookOperator.Cli.Runs;

/// <summary>An alert for a rehearsal: what the runbook's first trigger asks for, unless the person says otherwise. Pure.</summary>
/// <param name="Labels">Its labels, in ordinal order.</param>
/// <param name="Note">What the person should know of it, or null.</param>
internal sealed record InventedAlert(SortedDictionary<string, string> Labels, string? Note)
{
    /// <summary>The label that takes the runbook's namespace, unless another value is given.</summary>
    public const string NamespaceLabel = "namespace";

    /// <summary>The label that takes the first service of the runbook, unless another value is given.</summary>
    public const string ServiceLabel = "service";

    /// <summary>The alert for <paramref name="runbook"/>.</summary>
    /// <param name="runbook">The runbook.</param>
    /// <param name="given">Labels that the person gives; they come before all others.</param>
    public static InventedAlert For(Runbook runbook, IReadOnlyDictionary<string, string> given)
    {
        var matchers = (runbook.Spec.Triggers ?? []).Select(trigger => Read(trigger.Alert?.Matchers)).FirstOrDefault(read => read.Count > 0) ?? [];
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal) { [NamespaceLabel] = runbook.Metadata.Namespace ?? "default" };
        if (runbook.Spec.Services is [var service, ..])
        {
            labels[ServiceLabel] = service;
        }

        foreach (var matcher in matchers.Where(matcher => !Holds(matcher, labels)))
        {
            if (Guess(matcher) is { } value)
            {
                labels[matcher.Name] = value;
            }
        }

        foreach (var (name, value) in given)
        {
            labels[name] = value;
        }

        return new InventedAlert(labels, NoteOn(matchers, labels));
    }

    private static string? NoteOn(List<Matcher> matchers, SortedDictionary<string, string> labels) => matchers switch
    {
        [] => "the runbook has no trigger for alerts: only its parameters take values from this one",
        _ when matchers.Find(matcher => !Holds(matcher, labels)) is { } missing => $"this alert would not start the runbook, which asks for {missing}; give --label",
        _ => null,
    };

    private static bool Holds(Matcher matcher, SortedDictionary<string, string> labels) => matcher.Matches(labels);

    // A value that an expression names in full, such as the first of critical|warning; none where it does not.
    private static string? Guess(Matcher matcher) => matcher.Operator == MatchOperator.Equal ? matcher.Value
        : matcher.Value.Split('|').FirstOrDefault(value => value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '/' or ':') && matcher.Matches(new Dictionary<string, string> { [matcher.Name] = value }));

    private static List<Matcher> Read(List<string>? texts)
    {
        var read = new List<Matcher>();
        foreach (var text in texts ?? [])
        {
            if (Matcher.TryParse(text, out var matcher, out _))
            {
                read.Add(matcher!);
            }
        }

        return read;
    }
}
