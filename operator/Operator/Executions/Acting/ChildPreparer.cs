using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <summary>Fills in the values of a step that runs another runbook, and finds its risk: the highest of that runbook's steps, and of those that these
/// run in turn. What is prepared holds the revisions, so a change of any of them voids approvals.</summary>
internal sealed class ChildPreparer(IKubernetesClient client, StepJudges judges, IPolicies policies)
{
    /// <summary>Member of the target that names the child's runbook.</summary>
    public const string RunbookField = "runbook";

    /// <summary>Member of the target with the revision that the child is to have.</summary>
    public const string RevisionField = "revision";

    /// <summary>Prepares the step, without its digest.</summary>
    public async Task<PreparedStep> PrepareAsync(RunbookExecution execution, Request.Prepare request, CancellationToken cancellationToken)
    {
        var (step, attempt, variables, _) = request;
        var policy = policies.For(execution.Metadata.Namespace!);
        var inputs = new ActionInputs(step.With).Fill(variables, out var missing);
        var search = new Search(client, judges.For(policy), execution.Metadata.Namespace!);
        await search.AddAsync(await Lineage.ReadAsync(client, execution, cancellationToken), step.Runbook!, cancellationToken);
        var problem = missing is not null ? new PreparationProblem(Reasons.MissingParameter, $"the variable {missing} has no value")
            : search.Problem is { } wrong ? new PreparationProblem(Reasons.Invalid, wrong)
            : Parameters(search.Found[0].Spec, inputs) is { } bad ? new PreparationProblem(Reasons.MissingParameter, bad)
            : null;
        var (risk, reasons) = Declared(step, search.Risk, search.Reasons);
        return new PreparedStep
        {
            Step = step.Name,
            Attempt = attempt,
            Policy = policy,
            Risk = problem is null ? risk : RiskLevel.Dangerous,
            Reasons = reasons,
            Command = Command(step, search, inputs),
            Undo = "A child run undoes its own steps.",
            Confirm = Variables.TryFill(step.Confirm ?? step.Name, variables, out var confirm) ? Variables.Clean(confirm, Limits.Line) : step.Name,
            Target = problem is null ? Target(execution, step, attempt, search) : null,
            Problem = problem,
            Digest = "",
        };
    }

    /// <summary>The values that a step gives to its child.</summary>
    public static Dictionary<string, string> Values(ActionInputs inputs) =>
        inputs.Values.ToDictionary(input => input.Key, input => inputs.Text(input.Key) ?? "", StringComparer.Ordinal);

    private static string? Parameters(RunbookSpec child, ActionInputs inputs)
    {
        _ = ParameterRules.Resolve(child.Parameters, Values(inputs), out var problem);
        return problem;
    }

    private static string Command(RunbookStep step, Search search, ActionInputs inputs) => string.Join('\n', search.Found
        .Select(found => $"runbook {found.Name}, revision {RunbookRevision.Of(found.Spec)}")
        .DefaultIfEmpty($"runbook {step.Runbook}")
        .Concat(Values(inputs).OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"  {value.Key}: {value.Value}")));

    private static (RiskLevel Risk, List<string> Reasons) Declared(RunbookStep step, RiskLevel found, List<string> reasons) =>
        RiskLevels.TryParse(step.Risk, out var declared) && declared > found ? (declared, [$"declared {declared.ToText()}", .. reasons]) : (found, reasons);

    private static JsonObject Target(RunbookExecution execution, RunbookStep step, int attempt, Search search) => new()
    {
        ["apiVersion"] = Names.ApiVersion,
        ["kind"] = nameof(RunbookExecution),
        ["namespace"] = execution.Metadata.Namespace,
        ["name"] = RunNames.OfChild(execution, step, attempt),
        [RunbookField] = step.Runbook,
        [RevisionField] = RunbookRevision.Of(search.Found[0].Spec),
    };

    /// <summary>Looks through a runbook and those that it runs.</summary>
    private sealed class Search(IKubernetesClient client, StepJudge judge, string ns)
    {
        public List<(string Name, RunbookSpec Spec)> Found { get; } = [];

        public RiskLevel Risk { get; private set; } = RiskLevel.Safe;

        public List<string> Reasons { get; } = ["every step of it is safe"];

        public string? Problem { get; private set; }

        public async Task AddAsync(IReadOnlyList<string> line, string name, CancellationToken cancellationToken)
        {
            if ((Problem ??= Lineage.Objection(line, name)) is not null || Found.Exists(found => found.Name == name))
            {
                return;
            }

            if (await client.FindAsync<Runbook>(new NamespacedName(ns, name), cancellationToken) is not { } runbook)
            {
                Problem = $"there is no runbook {name} in {ns}";
                return;
            }

            Found.Add((name, runbook.Spec));
            var variables = runbook.Spec.Variables();
            foreach (var step in runbook.Spec.Steps)
            {
                if (step.Runbook is { } inner)
                {
                    await AddAsync([name, .. line], inner, cancellationToken);
                }
                else
                {
                    Add(name, step, judge.Judge(runbook.Spec.WithSurroundings(step), variables));
                }
            }
        }

        private void Add(string runbook, RunbookStep step, StepVerdict verdict)
        {
            if (verdict.Level > Risk)
            {
                Risk = verdict.Level;
                Reasons.Insert(0, $"step {step.Name} of {runbook} is {verdict.Level.ToText()}: {verdict.Reasons[0]}");
                Reasons.Remove("every step of it is safe");
            }
        }
    }
}
