using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Learning;

/// <summary>Draws proposals from what people did. Pure.</summary>
internal sealed class Proposals(StepJudge judge, Redactor redactor)
{
    /// <summary>In how many runs, one after the other, a step must have been skipped.</summary>
    public const int SkippedRuns = 3;

    /// <summary>What the incident suggests for its runbook.</summary>
    /// <param name="situation">What happened.</param>
    /// <param name="spec">The runbook as it is, or as it would be with proposals that are open.</param>
    /// <returns>Additions first: a new step may follow one that is removed.</returns>
    public IReadOnlyList<Proposal> For(ProposalCase situation, RunbookSpec spec) => [.. Additions(situation, spec), .. Removals(situation, spec)];

    private IEnumerable<Proposal> Removals(ProposalCase situation, RunbookSpec spec)
    {
        var runs = situation.LastRuns.Take(SkippedRuns).ToList();
        if (runs.Count < SkippedRuns)
        {
            yield break;
        }

        foreach (var step in spec.Steps)
        {
            var skips = runs.Select(run => Skip(run, step.Name)).ToList();
            if (skips.TrueForAll(skip => skip is not null))
            {
                yield return new Proposal
                {
                    Kind = ProposalKind.RemoveStep,
                    Runbook = situation.Runbook,
                    Step = step.Name,
                    Rationale = $"The step {Markdown.Code(step.Name)} was skipped by a person in each of the last three runs. "
                        + "Without it the runbook says what is really done.",
                    Evidence = [.. runs.Zip(skips, (run, skip) => Evidence(situation, run, skip!))],
                    Before = judge.Judge(spec.WithSurroundings(step), VariablesOf(spec)).Level,
                };
            }
        }
    }

    private IEnumerable<Proposal> Additions(ProposalCase situation, RunbookSpec spec)
    {
        var names = spec.Steps.Select(step => step.Name).ToHashSet(StringComparer.Ordinal);
        var commands = spec.Steps.Select(step => step.Run?.Trim()).ToHashSet();
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var note in situation.Notes.Where(note => !string.IsNullOrWhiteSpace(note.Command)))
        {
            var command = note.Command!.Trim();
            if (!commands.Add(command))
            {
                continue;
            }

            // Steps at one place follow each other in the order in which their notes were written.
            var place = StepPlacement.After(note, situation.Executions, spec);
            var step = Step(note, command, names, spec);
            yield return new Proposal
            {
                Kind = ProposalKind.AddStep,
                Runbook = situation.Runbook,
                Step = step.Name,
                Added = step,
                After = last.GetValueOrDefault(place ?? "", place!),
                Rationale = $"During {Markdown.Code(situation.Incident.Metadata.Name!)} a command was run that the runbook does not have: "
                    + $"{Markdown.Code(redactor.Redact(note.Text))}. As a step it is at hand the next time, with its risk and its approval.",
                Evidence = [Evidence(situation, note, command)],
                AfterRisk = judge.Judge(spec.WithSurroundings(step), VariablesOf(spec)).Level,
            };
            last[place ?? ""] = step.Name;
        }
    }

    private RunbookStep Step(IncidentNote note, string command, HashSet<string> names, RunbookSpec spec)
    {
        var step = new RunbookStep
        {
            Name = StepNames.Unique(redactor.Redact(note.Text), names),
            Title = Variables.Clean(redactor.Redact(note.Text).ReplaceLineEndings(" ").Trim(), Limits.Line),
            Run = command,
        };
        return step with { Risk = judge.Judge(spec.WithSurroundings(step), VariablesOf(spec)).Level.ToText() };
    }

    private ProposalEvidence Evidence(ProposalCase situation, RunbookExecution run, StepApproval skip)
    {
        var isHere = run.Spec.Incident == situation.Incident.Metadata.Name;
        var took = run.Status is { StartedAt: { } from, FinishedAt: { } to } && to >= from ? Duration.Of(to - from).ToString() : "-";
        return new ProposalEvidence(
            run.Metadata.Name!, skip.At ?? run.Status?.FinishedAt, redactor.Redact(skip.User), "skipped", redactor.Redact(skip.Reason ?? ""),
            isHere ? situation.Incident.Status?.TimeToResolve ?? took : took);
    }

    private ProposalEvidence Evidence(ProposalCase situation, IncidentNote note, string command) => new(
        situation.Executions.LastOrDefault(run => note.At is null || run.Status?.StartedAt <= note.At)?.Metadata.Name ?? situation.Executions[0].Metadata.Name!,
        note.At, redactor.Redact(note.User ?? "somebody"), "added", redactor.Redact(command), situation.Incident.Status?.TimeToResolve ?? "-");

    private static StepApproval? Skip(RunbookExecution run, string step) =>
        run.Status?.Steps?.FirstOrDefault(status => status.Name == step && status.State == StepState.Skipped)
            ?.Approvals?.LastOrDefault(approval => approval.Decision == nameof(ApprovalDecision.Skip));

    /// <summary>The variables of a runbook: its parameters and outputs.</summary>
    public static List<string> VariablesOf(RunbookSpec spec) =>
    [
        .. (spec.Parameters ?? []).Select(parameter => parameter.Name),
        .. spec.Steps.SelectMany(step => step.Outputs ?? []).Select(output => output.Name),
    ];
}
