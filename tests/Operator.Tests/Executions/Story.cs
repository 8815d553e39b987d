using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Executions;

/// <summary>Drives the planner by hand: what the shell would do, in memory, with every act and every write counted.</summary>
internal sealed partial class Story
{
    public Story(params RunbookStep[] steps) => Runbook = new RunbookSpec
    {
        Title = "Shop is slow",
        Mode = RunbookMode.Copilot,
        ServiceAccountName = "fixer",
        Steps = [.. steps],
    };

    private static readonly DateTimeOffset Made = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    public RunbookSpec Runbook { get; set; }

    public DateTimeOffset Now { get; set; } = Made;

    /// <summary>What is wanted; each change of it is another generation.</summary>
    public RunbookExecutionSpec Spec
    {
        get;
        set
        {
            field = value;
            Generation++;
        }
    } = new()
    {
        Runbook = new ExecutionRunbook { Name = "shop-slow" },
        Trigger = new ExecutionTrigger { Type = TriggerType.Alert },
        Incident = "shop-1",
        Mode = RunbookMode.Copilot,
    };

    public long Generation { get; private set; } = 1;

    public RunbookExecutionStatus Status { get; set; } = new();

    public DateTimeOffset? AlertSettlesAt { get; set; }

    public EffectivePolicy Policy { get; set; } = EffectivePolicy.BuiltIn;

    /// <summary>What holds for a step that touches another namespace; what holds for the run if not said.</summary>
    public Dictionary<string, EffectivePolicy> Targets { get; } = [];

    public DateTimeOffset? BeginsAt { get; set; }

    /// <summary>Services of the incident.</summary>
    public int Services { get; set; } = 1;

    /// <summary>Prerequisites that do not hold.</summary>
    public List<string> Unmet { get; } = [];

    /// <summary>A later run of a person.</summary>
    public string? TakenOverBy { get; set; }

    /// <summary>Steps of the run that this one goes on from.</summary>
    public List<StepStatus> ParentSteps { get; } = [];

    /// <summary>Why nothing can be handed over; null if it can.</summary>
    public string? HandOverProblem { get; set; }

    /// <summary>Runbooks that went on.</summary>
    public List<string> HandedTo { get; } = [];

    /// <summary>Risk of each step; safe if not said.</summary>
    public Dictionary<string, RiskLevel> Risks { get; } = [];

    /// <summary>What makes a step impossible to prepare.</summary>
    public Dictionary<string, PreparationProblem> Problems { get; } = [];

    /// <summary>Part of every digest: what a typed action would touch, as it is now.</summary>
    public string World { get; set; } = "";

    /// <summary>Attempts of which the process that acted ended before it told, so that nobody knows.</summary>
    public HashSet<string> Forgotten { get; } = [];

    /// <summary>Decisions of people that count.</summary>
    public List<(string Step, int Attempt, string User, ApprovalDecision Decision)> People { get; } = [];

    /// <summary>What comes of an attempt; success if not said.</summary>
    public Dictionary<string, Func<int, StepEvidence?>> Ends { get; } = [];

    /// <summary>Told of each act, with the status as it is stored then.</summary>
    public Action<Deed.Act>? Acting { get; set; }

    /// <summary>Attempts that acted, in order.</summary>
    public List<string> Acted { get; } = [];

    public List<string> Stopped { get; } = [];

    /// <summary>Steps whose child run was told to start nothing more.</summary>
    public List<string> Aborted { get; } = [];

    /// <summary>The most steps that ran at once.</summary>
    public int MostAtOnce { get; private set; }

    public List<PlannedEvent> Events { get; } = [];

    public int Writes { get; private set; }

    public Request? Last { get; private set; }

    public StepStatus Step(string name) => Status.Steps!.Single(step => step.Name == name);

    public RunbookExecution Execution => new()
    {
        Metadata = new ObjectMeta { Name = "shop-slow-abc123", Namespace = "shop", Uid = "uid-1", Generation = Generation, CreationTimestamp = Made },
        Spec = Spec,
        Status = Status,
    };

    /// <summary>Goes on until the run waits or is over.</summary>
    public Story Go()
    {
        var observed = Observed.Nothing;
        for (var i = 0; i < 20_000; i++)
        {
            var decision = Planner.Decide(new PlannerInput
            {
                Execution = Execution,
                Runbook = Runbook,
                Revision = "0123456789abcdef",
                Status = Status,
                Observed = observed with
                {
                    Undoes = Undoes,
                    AlertSettlesAt = AlertSettlesAt,
                    BeginsAt = Status.StartedAt is null ? BeginsAt : null,
                    Services = Services,
                    TakenOverBy = TakenOverBy,
                },
                Policy = Policy,
                Now = Now,
            });
            Last = decision.Request;
            if (Look(observed, decision.Request) is { } more)
            {
                observed = more;
                continue;
            }

            if (!Equal(Status, decision.Status))
            {
                Writes++;
                Status = decision.Status;
                Events.AddRange(decision.Events);
                MostAtOnce = Math.Max(MostAtOnce, Status.Steps?.Count(step => step.State == StepState.Running) ?? 0);
            }

            observed = Observed.Nothing;
            foreach (var act in decision.Deeds.OfType<Deed.Act>())
            {
                Acting?.Invoke(act);
                (act.Direction == StepDirection.Forward ? Acted : Undone).Add($"{act.Step.Name}/{act.Status.Attempt}");
            }

            Aborted.AddRange(decision.Deeds.OfType<Deed.AbortChild>().Select(abort => abort.Status.Name));
            Stopped.AddRange(decision.Deeds.OfType<Deed.StopPod>().Select(stop => stop.Status.Name));
            if (decision.Request is not Request.Again)
            {
                return this;
            }
        }

        throw new InvalidOperationException("the planner came to no decision");
    }

    private Observed? Look(Observed observed, Request request)
    {
        switch (request)
        {
            case Request.Observe look:
                return observed with { Evidence = [.. observed.Evidence, look.Direction == StepDirection.Forward ? EvidenceOf(look.Step, look.Status) : UndoEvidenceOf(look.Step, look.Status)] };
            case Request.Prepare prepare:
                return observed with { Prepared = [.. observed.Prepared, prepare.Direction == StepDirection.Forward ? PreparedOf(prepare.Step, prepare.Attempt) : UndoPreparedOf(prepare)] };
            case Request.ReadDecisions read:
                return observed with { Decisions = [.. observed.Decisions, new StepDecisions(read.Step.Name, read.Prepared.Attempt, DecisionsOn(read)) { IsUndo = read.Prepared.IsUndo }] };
            case Request.AskAccess:
                return observed with { Unmet = Unmet };
            case Request.ReadParent:
                return observed with { Parent = new ParentRun(ParentSteps) };
            case Request.HandOver hand:
                HandedTo.Add(hand.Runbook);
                return observed with { HandedOver = new HandedOver(hand.Name, HandOverProblem) };
            default:
                return null;
        }
    }

    public Story Later(TimeSpan time)
    {
        Now += time;
        return this;
    }

    public Story Decide(string step, string user, ApprovalDecision decision, int attempt = 1)
    {
        People.Add((step, attempt, user, decision));
        return this;
    }

    public static StepEvidence.Ended Success(string step, int attempt, params (string Name, string Value)[] outputs) => new()
    {
        Step = step,
        Attempt = attempt,
        Success = true,
        Output = StepText.Empty with { Variables = outputs.ToDictionary(output => output.Name, output => output.Value) },
    };

    public static StepEvidence.Ended Failure(string step, int attempt, string message = "exit code 1", DateTimeOffset? at = null) =>
        new() { At = at, Step = step, Attempt = attempt, Success = false, Message = message, ExitCode = 1 };

    public PreparedStep PreparedOf(RunbookStep step, int attempt) => new()
    {
        Step = step.Name,
        Attempt = attempt,
        Policy = Targets.GetValueOrDefault(step.Name) ?? Policy,
        Risk = Risks.GetValueOrDefault(step.Name),
        Reasons = ["because"],
        Command = step.Run ?? step.Uses ?? step.Runbook ?? step.Manual!,
        ServiceAccount = "fixer",
        Digest = $"digest-{step.Name}-{attempt}{World}",
        Target = step.Runbook is null ? TargetOf(step) : new System.Text.Json.Nodes.JsonObject { ["uid"] = "1" },
        UndoneBy = UndoneByOf(step, attempt),
        Problem = Problems.GetValueOrDefault(step.Name),
    };

    private StepEvidence EvidenceOf(RunbookStep step, StepStatus status)
    {
        if (!Acted.Contains($"{step.Name}/{status.Attempt}") || Forgotten.Remove($"{step.Name}/{status.Attempt}"))
        {
            return new StepEvidence.NotStarted { Step = step.Name, Attempt = status.Attempt };
        }

        return Ends.TryGetValue(step.Name, out var end)
            ? end(status.Attempt) ?? new StepEvidence.Ongoing { Step = step.Name, Attempt = status.Attempt, Stopping = Aborted.Contains(step.Name) }
            : Success(step.Name, status.Attempt);
    }

    private List<JudgedDecision> DecisionsOn(Request.ReadDecisions read) =>
        [.. (read.Prepared.IsUndo ? UndoPeople : People).Where(person => person.Step == read.Step.Name && person.Attempt == read.Prepared.Attempt)
            .Select((person, i) => new JudgedDecision($"d{i}", person.User, person.Decision, Now, null, ApprovalState.Counted, null))];

    private static bool Equal(RunbookExecutionStatus left, RunbookExecutionStatus right) =>
        System.Text.Json.JsonSerializer.Serialize(left, ApiJson.Default.RunbookExecutionStatus)
        == System.Text.Json.JsonSerializer.Serialize(right, ApiJson.Default.RunbookExecutionStatus);
}
