using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Documents.Schema;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Validation;

/// <summary>A step, where it stands, and the variables that have a value when it starts.</summary>
internal sealed record StepPlace(RunbookStep Step, int Index, IReadOnlyCollection<string> Variables)
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
        var known = new HashSet<string>(Spec.Parameters?.Select(parameter => parameter.Name) ?? [], StringComparer.Ordinal);
        var steps = new List<StepPlace>();
        foreach (var step in Spec.Steps)
        {
            steps.Add(new StepPlace(step, steps.Count, [.. known]));
            known.UnionWith(step.Outputs?.Select(output => output.Name) ?? []);
        }

        Steps = steps;
        Variables = known;
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

    /// <summary>Reports <paramref name="name"/> if it has no value when <paramref name="place"/> starts.</summary>
    public void CheckVariable(string name, StepPlace place, string path)
    {
        if (place.Variables.Contains(name))
        {
            return;
        }

        var setBy = Spec.Steps.FirstOrDefault(step => step.Outputs?.Exists(output => output.Name == name) == true);
        Error(RuleIds.Variable, path, setBy is not null
            ? $"the variable {name} is an output of the step \"{setBy.Name}\", which does not come before this one"
            : $"unknown variable {ProblemList.Quote(name)}{Suggestion.For(name, place.Variables)}");
    }
}
