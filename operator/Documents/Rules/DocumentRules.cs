namespace RunbookOperator.Documents;

/// <summary>Every rule a problem can name, for <c>runbook explain</c> and the documentation.</summary>
public static class DocumentRules
{
    /// <summary>All rules, by id.</summary>
    public static IReadOnlyList<DocumentRule> All { get; } =
    [
        new(RuleIds.Syntax, "Not YAML", "The file cannot be read as YAML. The place is where reading stopped; the cause often stands a little "
            + "before it: a missing quote, a tab, or a line that is indented otherwise than its neighbours."),
        new(RuleIds.Limit, "Too large", $"A file has at most {DocumentLimits.Bytes / 1024} KiB, {DocumentLimits.Nodes} keys and values, and a nesting of "
            + $"{DocumentLimits.Depth}. Nothing of a larger file is read, so that no file can exhaust the reader. Split it."),
        new(RuleIds.Feature, "Part of YAML that is not read", "Anchors, aliases, tags, directives and merge keys are refused: a few lines of them can "
            + "stand for gigabytes, and a reviewer sees something else than what is applied. Write the value out where it is used."),
        new(RuleIds.Characters, "Characters that are not shown", "A file is UTF-8. Control characters, and characters that turn the direction of writing, are "
            + "refused: what a reviewer sees must be what is run."),
        new(RuleIds.DuplicateKey, "Key given twice", "A key stands once in its mapping. Readers of YAML differ in which of two they take."),
        new(RuleIds.UnknownField, "Unknown field", "There is no such field here. A misspelt field would otherwise be dropped without a word."),
        new(RuleIds.DeclaredRisk, "Declared risk is too low", "A step may declare a higher risk than what was found, never a lower one. Declare what was "
            + "found, or change the command; `runbook classify` tells the reasons."),
        new(RuleIds.Missing, "Required field is missing", "The field must be there and have a value."),
        new(RuleIds.Type, "Wrong type", "The value is of another type than the field. YAML reads 8080, yes, no, on, off, null and 010 as numbers, flags and "
            + "nothing; in a field of text such a value is written in quotes."),
        new(RuleIds.Bounds, "Out of bounds", "The value is too long, too short, too large, too small, or not of the form the field has. The API server would refuse it as well."),
        new(RuleIds.Values, "Not one of the values", "The field takes one of a few values, in exactly this spelling."),
        new(RuleIds.Together, "Fields that do not go together", "Some fields exclude each other, and some need another. The message says which."),
        new(RuleIds.Kind, "No such kind", "A runbook begins with `apiVersion: runbooks.dev/v1alpha1`, `kind: Runbook` and `metadata`, and the other kinds do likewise. Documents of other "
            + "groups are left alone."),
        new(RuleIds.LeftOut, "Left out", "The field is written by the API server or the operator. It is left out of what is applied; remove it from the file."),
        new(RuleIds.Variable, "Unknown variable", "A variable is a parameter, or an output of an earlier step. Its name is lower case letters, digits and underscores."),
        new(RuleIds.DuplicateName, "Name given twice", "Steps, parameters and the outputs of a step are known by their names, so each name stands once. "
            + "An output does not have the name of a parameter: a command could not tell them apart."),
        new(RuleIds.WhenStep, "A later step", "A condition looks at a step before its own, and `needs` names steps before its own: a later one has no result yet, nor has one that the step does not wait for."),
        new(RuleIds.WhenValues, "Condition that cannot be compared", "In and NotIn take one value or more, GreaterThan and LessThan one number, Matches one expression, the rest "
            + "none. Succeeded, Failed and Skipped are for steps, all others for variables."),
        new(RuleIds.Matcher, "Bad matcher", "A matcher is written as for Alertmanager: name, one of = != =~ !~, and a value in double quotes. One matcher is one entry."),
        new(RuleIds.Expression, "Bad expression", "Regular expressions are RE2, as Alertmanager's. Lookaround, references to groups and word boundaries are not part of it. Of JSONPath the "
            + "part is understood that takes values out, such as {.items[0].metadata.name}."),
        new(RuleIds.Action, "Unknown action", "There is no action of this name. `runbook explain actions` lists them."),
        new(RuleIds.Input, "Wrong input", "The input is unknown to the action, is missing, or its value is not what the action takes."),
        new(RuleIds.Account, "No service account", "A step that may change something acts as the runbook's `serviceAccountName`. Without one the runbook may read and no more."),
        new(RuleIds.Verify, "Check that is not safe", "`verify` runs without being asked for, so it is an action that only reads, such as kubernetes/wait."),
        new(RuleIds.Size, "Runbook is too large", "A runbook has at most 64 KiB as JSON, so that every run can keep a copy of it. Split it, or move text into a reference."),
        new(RuleIds.DuplicateRunbook, "Two runbooks of one name", "Two files hold a runbook of the same name. Which one is meant cannot be known, so neither is applied."),
        new(RuleIds.Owner, "No owner", "Nobody is asked when the runbook fails or grows old. Name the team under `owner`."),
        new(RuleIds.VerifyMissing, "Change without a check", "The step changes something and nothing looks at the result. `verify` names a safe action that must succeed, such as kubernetes/wait."),
        new(RuleIds.MatchesAll, "Trigger that fits every alert", "All matchers fit an alert without any labels, so the runbook starts on every alert. Name the alert."),
        new(RuleIds.ParameterDefault, "Default that is not allowed", "A default value obeys the parameter's own `pattern` and `enum`."),
        new(RuleIds.NotActedUpon, "Not acted upon yet", "The field, or this value of it, is part of the kind and this version does nothing with it. To ignore it would mislead "
            + "whoever reads the object, so an object that has it is not used. Remove it; the page of the kind lists all such fields."),
    ];

    /// <summary>The rule of this id, or null. Case does not matter.</summary>
    public static DocumentRule? Find(string id) => All.FirstOrDefault(rule => rule.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
