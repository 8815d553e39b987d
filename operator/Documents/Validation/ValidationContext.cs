using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Documents.Schema;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Validation;

/// <summary>A step, where it stands, and the variables that have a value when it starts.</summary>
internal sealed record StepPlace(RunbookStep Step, int Index, IReadOnlyCollection<string> Variables, IReadOnlySet<string> Over)
{
    public string Path => $"spec.steps[{Index}]";
}

/// <summary>A runbook under validation, and what was found so far.</summary>
internal sealed class ValidationContext
{
    private readonly RunbookDocument _document;

    public ValidationContext(RunbookDocument document)
    {
        _document = document;
        Problems = new ProblemList(document.File);
        var parameters = Spec.Parameters?.Select(parameter => parameter.Name).ToList() ?? [];
        var steps = new List<StepPlace>();
        foreach (var step in Spec.Steps)
        {
            // What is over for certain when the step begins: all that it needs, and what those need.
            var needs = step.Needs ?? (steps.Count > 0 ? [steps[^1].Step.Name] : []);
            var over = steps.Where(earlier => needs.Contains(earlier.Step.Name)).SelectMany(earlier => earlier.Over.Append(earlier.Step.Name)).ToHashSet(StringComparer.Ordinal);
            var outputs = steps.Where(earlier => over.Contains(earlier.Step.Name)).SelectMany(earlier => earlier.Step.Outputs ?? []).Select(output => output.Name);
            steps.Add(new StepPlace(step, steps.Count, [.. parameters, .. outputs], over));
        }

        Steps = steps;
        Variables = [.. parameters.Concat(Spec.Steps.SelectMany(step => step.Outputs ?? []).Select(output => output.Name)).Distinct(StringComparer.Ordinal)];
    }

    public ProblemList Problems { get; }

    public RunbookSpec Spec => _document.Runbook.Spec;

    public JsonObject Content => _document.Content;

    public IReadOnlyList<StepPlace> Steps { get; }

    /// <summary>The names of all parameters and outputs.</summary>
    public IReadOnlyCollection<string> Variables { get; }

    public DocumentPosition At(string path) => _document.Map.Find(path);

    public void Error(string rule, string path, string message) => Problems.Error(rule, _document.Map.Find(path), message);

    public void ErrorAtKey(string rule, string path, string message) => Problems.Error(rule, _document.Map.FindKey(path), message);

    public void Warning(string rule, string path, string message) => Problems.Warning(rule, _document.Map.Find(path), message);

    private bool IsEarlier(RunbookStep step, StepPlace place) => Steps.Take(place.Index).Any(earlier => earlier.Step == step);

    /// <summary>Reports <paramref name="name"/> if it has no value when <paramref name="place"/> starts.</summary>
    public void CheckVariable(string name, StepPlace place, string path)
    {
        if (place.Variables.Contains(name))
        {
            return;
        }

        var setBy = Spec.Steps.FirstOrDefault(step => step.Outputs?.Exists(output => output.Name == name) == true);
        Error(RuleIds.Variable, path, setBy is not null
            ? $"the variable {name} is an output of the step \"{setBy.Name}\", which {(IsEarlier(setBy, place) ? "this one does not wait for: name it under needs" : "does not come before this one")}"
            : $"unknown variable {ProblemList.Quote(name)}{Suggestion.For(name, place.Variables)}");
    }
}
