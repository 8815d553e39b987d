namespace RunbookOperator.Api;

/// <summary>Rules of an incident.</summary>
internal sealed class IncidentSpecRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Change<IncidentSpec>("self.key == oldSelf.key", "the key of an incident never changes", (self, old) => self.Key == old.Key),
        Rule.Change<IncidentSpec>(
            Growing.Cel("notes"), "notes are only added; those that are there stay as they are", (self, old) => Growing.Holds(self.Notes, old.Notes)),
        Rule.Change<IncidentSpec>(
            Growing.Cel("commands"), "commands are only added; those that are there stay as they are", (self, old) => Growing.Holds(self.Commands, old.Commands)),
    ];
}

/// <summary>Rules of a suggestion.</summary>
internal sealed class SuggestionSpecRules : IRuleSet
{
    /// <inheritdoc/>
    public static IReadOnlyList<Rule> Rules { get; } =
    [
        Rule.Change<RunbookSuggestionSpec>(
            "self.runbook == oldSelf.runbook && self.kind == oldSelf.kind && self.author == oldSelf.author",
            "runbook, kind and author never change; make another suggestion",
            (self, old) => self.Runbook == old.Runbook && self.Kind == old.Kind && self.Author == old.Author),
        Rule.Change<RunbookSuggestionSpec>(
            Growing.Cel("evidence"), "evidence is only added; what is there stays as it is", (self, old) => Growing.Holds(self.Evidence, old.Evidence)),
    ];
}

/// <summary>A list to which entries are only added. CEL on a list has no index, so order is not looked at; admission looks at it where it matters.</summary>
file static class Growing
{
    public static string Cel(string list) =>
        $"!has(oldSelf.{list}) || (has(self.{list}) && self.{list}.size() >= oldSelf.{list}.size() && oldSelf.{list}.all(x, x in self.{list}))";

    public static bool Holds<T>(List<T>? self, List<T>? old)
        where T : notnull => old is null || (self is not null && self.Count >= old.Count && old.TrueForAll(self.Contains));
}
