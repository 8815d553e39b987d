using System.Text;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Documents;
using RunbookOperator.Kubernetes;
using RunbookOperator.Learning;
using RunbookOperator.Risk;
using RunbookOperator.Sync;

namespace RunbookOperator.Operator.Tests;

/// <summary>An incident of the runbook payment-latency, with its runs.</summary>
internal static class LearningWorld
{
    public const string Ns = "shop";
    public const string Name = "payment-latency";

    public const string Source = """
        # yaml-language-server: $schema=https://example.com/runbook.json
        apiVersion: runbooks.dev/v1alpha1
        kind: Runbook
        metadata:
          name: payment-latency   # as in the alert
        spec:
          title: 'Payment service is slow'
          owner: team-payments
          serviceAccountName: payment-fixer
          steps:
          # Look first.
          - name: look
            manual: Look at the dashboard

          - name: pods
            run: kubectl get pods -n shop
            risk: safe

          # Nobody needs this since the new cache.
          - name: flush
            run: redis-cli flushall   # careful
          - name: restart
            manual: Restart the service

        """;

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 3, 0, 0, TimeSpan.Zero);
    public static readonly ActionCatalog Actions = new([]);
    public static readonly RiskClassifier Classifier = new();
    public static readonly StepJudge Judge = new(Actions, Classifier);
    public static readonly Redactor Secrets = new();
    public static readonly RunbookFiles Files = new(new RunbookReader(), new RunbookValidator(Actions, Classifier));
    public static readonly Proposals Proposals = new(Judge, Secrets);
    public static readonly ProposalGate Gate = new(Files, Judge);

    public static RunbookSpec Spec(string source = Source) => Files.Read("a.yaml", Encoding.UTF8.GetBytes(source)).Runbooks.Single().Runbook.Spec;

    public static Incident Incident(params IncidentNote[] notes) => new()
    {
        Metadata = new ObjectMeta { Name = "payment-7f3a9c1b-3", Namespace = Ns },
        Spec = new IncidentSpec { Key = "payment", Notes = [.. notes] },
        Status = new IncidentStatus { Phase = IncidentPhase.Resolved, ResolvedAt = Start.AddMinutes(30), TimeToResolve = "30m" },
    };

    public static IncidentNote Note(string text, string? command, int minute = 5, string? user = "riley") =>
        new() { Text = text, Command = command, At = Start.AddMinutes(minute), User = user };

    /// <summary>A run that ended; the steps finish a minute after each other.</summary>
    public static RunbookExecution Run(string name, int startMinute, string? incident, params StepStatus[] steps) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = Ns },
        Spec = new RunbookExecutionSpec
        {
            Runbook = new ExecutionRunbook { Name = Name }, Incident = incident, Trigger = new ExecutionTrigger { Type = TriggerType.Alert },
        },
        Status = new RunbookExecutionStatus
        {
            Phase = ExecutionPhase.Succeeded,
            StartedAt = Start.AddMinutes(startMinute),
            FinishedAt = Start.AddMinutes(startMinute + 10),
            Steps = [.. steps],
        },
    };

    public static StepStatus Done(string name, int minute) =>
        new() { Name = name, State = StepState.Succeeded, FinishedAt = Start.AddMinutes(minute) };

    public static StepStatus Skipped(string name, int minute, string decision = "Skip", string reason = "not needed") => new()
    {
        Name = name,
        State = StepState.Skipped,
        FinishedAt = Start.AddMinutes(minute),
        Approvals = [new StepApproval { User = "riley", Decision = decision, At = Start.AddMinutes(minute), Reason = reason }],
    };

    public static IReadOnlyList<Proposal> Find(Incident incident, IReadOnlyList<RunbookExecution> runs, IReadOnlyList<RunbookExecution>? all = null) =>
        [.. ProposalCase.Of(incident, runs, all ?? runs).SelectMany(situation => Proposals.For(situation, Spec()))];

    public static List<RunbookExecution> ThreeSkips(string step = "flush") =>
    [
        Run("r1", -200, "payment-7f3a9c1b-1", Done("look", -199), Skipped(step, -198)),
        Run("r2", -100, "payment-7f3a9c1b-2", Done("look", -99), Skipped(step, -98, reason: "still not needed")),
        Run("r3", 0, "payment-7f3a9c1b-3", Done("look", 1), Skipped(step, 2)),
    ];
}
