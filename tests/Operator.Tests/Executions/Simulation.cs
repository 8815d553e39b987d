using FsCheck;
using FsCheck.Fluent;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Policies;
using RunbookOperator.Risk;
using RunbookOperator.Tests.Policies;

namespace RunbookOperator.Tests.Executions;

/// <summary>A runbook, a world and what happens in it, all by chance: plays planner and surroundings against each other, and says what was broken.</summary>
/// <param name="Steps">The steps.</param>
/// <param name="Risks">Their risks, in order.</param>
/// <param name="Mode">Mode of runbook and run.</param>
/// <param name="Parallel">The policy's stepsInParallel.</param>
/// <param name="Autopilot">Whether the policy lets Autopilot act on caution.</param>
/// <param name="Escalation">Whether another runbook goes on.</param>
/// <param name="Happenings">What happens, one after the other.</param>
internal sealed record Simulation(
    IReadOnlyList<RunbookStep> Steps, IReadOnlyList<RiskLevel> Risks, RunbookMode Mode, int Parallel, bool Autopilot, bool Escalation, IReadOnlyList<Happening> Happenings)
{
    private static readonly string[] People = ["riley", "sam", "alex"];

    private static readonly Gen<Happening> OneHappening =
        from kind in Gen.Frequency((6, Gen.Constant(HappeningKind.Decide)), (4, Gen.Constant(HappeningKind.Outcome)), (4, Gen.Constant(HappeningKind.Time)),
            (3, Gen.Constant(HappeningKind.Want)), (1, Gen.Constant(HappeningKind.Crash)), (1, Gen.Constant(HappeningKind.Suspend)), (1, Gen.Constant(HappeningKind.Alert)),
            (1, Gen.Constant(HappeningKind.World)))
        from step in Gen.Choose(0, 7)
        from number in Gen.Choose(0, 1000)
        select new Happening(kind, step, number);

    /// <summary>Simulations.</summary>
    public static Gen<Simulation> Any { get; } =
        from steps in Step.ListOf()
        let named = steps.Take(8).DefaultIfEmpty(new RunbookStep { Name = "", Run = "x" }).Select((step, i) => Named(step, i)).ToList()
        from risks in Gen.Elements(RiskLevel.Safe, RiskLevel.Safe, RiskLevel.Caution, RiskLevel.Dangerous).ListOf(8)
        from mode in Gen.Elements(RunbookMode.ReadAlong, RunbookMode.Copilot, RunbookMode.Copilot, RunbookMode.Autopilot, RunbookMode.Autopilot)
        from parallel in Gen.Choose(1, 4)
        from autopilot in Gen.Elements(true, false)
        from escalation in Gen.Elements(true, false)
        from happenings in OneHappening.ListOf(40)
        select new Simulation(named, [.. risks], mode, parallel, autopilot, escalation, [.. happenings]);

    private static Gen<RunbookStep> Step =>
        from kind in Gen.Choose(0, 5)
        from needs in Gen.Choose(0, 7)
        from retries in Gen.Choose(0, 3)
        from failure in Gen.Elements<OnFailure?>(null, OnFailure.Continue, OnFailure.Escalate)
        from flags in Gen.Choose(0, 31)
        select new RunbookStep
        {
            Name = "",
            Run = kind is 0 or 1 ? "x" : null,
            Uses = kind is 2 or 3 ? flags == 31 ? "runbooks/escalate" : "kubernetes/scale" : null,
            Manual = kind == 4 ? "x" : null,
            Runbook = kind == 5 ? "other" : null,
            Needs = needs < 3 ? null : [needs.ToString()],
            Retries = retries == 0 || kind == 4 ? null : new StepRetries { Limit = retries },
            OnFailure = failure,
            Idempotent = (flags & 1) == 1,
            Breakpoint = (flags & 6) == 6,
        };

    // Each needs the step before, none, or the first.
    private static RunbookStep Named(RunbookStep step, int index) => step with
    {
        Name = $"s{index}",
        Needs = step.Needs is not [var which] ? null : which is "3" or "4" || index == 0 ? [] : which == "5" ? ["s0"] : index > 1 ? ["s0", $"s{index - 1}"] : ["s0"],
    };

    /// <summary>Plays it to its end. Returns what was broken, or null.</summary>
    public string? Play()
    {
        var story = Begin();
        var world = new World(story, this);
        story.Acting = world.Check;
        story.Go();
        foreach (var happening in Happenings)
        {
            var (phase, acted) = (story.Status.Phase, story.Acted.Count);
            world.Let(happening);
            story.Go();
            if (ExecutionPhase.IsFinal(phase) && (story.Status.Phase != phase || story.Acted.Count != acted))
            {
                world.Broken("an end is final");
            }

            if (story.Spec.DesiredState is DesiredState.Paused or DesiredState.Aborted && story.Acted.Count != acted)
            {
                world.Broken("pausing and aborting always work");
            }
        }

        return world.Said ?? Ends(story, world);
    }

    /// <summary>The phases that it goes through.</summary>
    public IReadOnlyList<string> Phases()
    {
        var story = Begin();
        var world = new World(story, this);
        var phases = new HashSet<string> { story.Go().Status.Phase! };
        foreach (var happening in Happenings)
        {
            world.Let(happening);
            phases.Add(story.Go().Status.Phase!);
        }

        return [.. phases];
    }

    private Story Begin()
    {
        var story = new Story([.. Steps]);
        story.Runbook = story.Runbook with { Mode = Mode, Escalation = Escalation ? new RunbookEscalation { Runbook = "l2", After = Duration.Of(TimeSpan.FromHours(5)) } : null };
        story.Spec = story.Spec with { Mode = Mode };
        for (var i = 0; i < Steps.Count; i++)
        {
            story.Risks[Steps[i].Name] = Risks[i];
        }

        story.Policy = Policy(suspended: false);
        return story;
    }

    internal EffectivePolicy Policy(bool suspended) => Given.Policy(
        $"{{suspend: {(suspended ? "true" : "false")}, limits: {{stepsInParallel: {Parallel}}}, autopilot: {{maximumRisk: {(Autopilot ? "caution" : "safe")}}}}}");

    internal static string Person(int number) => People[number % People.Length];

    // However it stands: a person can end it at once where nothing runs, and its deadline ends it in any case.
    private static string? Ends(Story story, World world)
    {
        var (status, spec) = (story.Status, story.Spec);
        foreach (var step in story.Runbook.Steps)
        {
            story.Ends[step.Name] = attempt => Story.Success(step.Name, attempt);
        }

        story.Spec = story.Spec with { DesiredState = DesiredState.Aborted };
        if (!ExecutionPhase.IsFinal(story.Go().Status.Phase))
        {
            world.Broken("a run that is aborted is over once nothing runs");
        }

        (story.Status, story.Spec) = (status, spec);
        foreach (var step in story.Runbook.Steps)
        {
            story.Ends[step.Name] = _ => null;
        }

        if (!ExecutionPhase.IsFinal(story.Later(TimeSpan.FromHours(24)).Go().Status.Phase))
        {
            world.Broken("every run ends by its deadline");
        }

        return world.Said;
    }
}

/// <summary>Something that happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Step">About which step.</param>
/// <param name="Number">Chance.</param>
internal sealed record Happening(HappeningKind Kind, int Step, int Number);

/// <summary>What can happen.</summary>
internal enum HappeningKind
{
    Decide,
    Outcome,
    Time,
    Want,
    Crash,
    Suspend,
    Alert,
    World,
}

/// <summary>The surroundings of a run in a simulation, and the judge of it.</summary>
internal sealed class World(Story story, Simulation simulation)
{
    private readonly HashSet<string> _repeated = [];

    public string? Said { get; private set; }

    public void Broken(string what) => Said ??= what;

    /// <summary>What must be so when something acts.</summary>
    public void Check(Deed.Act act)
    {
        var id = $"{act.Step.Name}/{act.Status.Attempt}";
        if (story.Acted.Contains(id) && !_repeated.Contains(id))
        {
            Broken($"no attempt starts twice: {id}");
        }

        if (act.Step.Manual is not null || simulation.Mode == RunbookMode.ReadAlong)
        {
            Broken($"what people do never acts: {id}");
        }

        if (Needs.Of(story.Runbook, act.Step).Any(name => !Needs.IsMetBy(story.Runbook.Steps.Single(step => step.Name == name), story.Status.Steps!.Find(step => step.Name == name))))
        {
            Broken($"needs are met first: {id}");
        }

        if (story.Status.Steps!.Count(step => step.State == StepState.Running) > simulation.Parallel)
        {
            Broken("no more run at once than the policy says");
        }

        var risk = story.Risks[act.Step.Name];
        var byItself = risk == RiskLevel.Safe || (risk == RiskLevel.Caution && simulation is { Mode: RunbookMode.Autopilot, Autopilot: true });
        if (!byItself && Approvers(act) < (risk == RiskLevel.Dangerous ? 2 : 1))
        {
            Broken($"nothing above safe acts without its approvals: {id}, {risk}, {Approvers(act)}");
        }
    }

    /// <summary>Lets something happen.</summary>
    public void Let(Happening happening)
    {
        var step = simulation.Steps[happening.Step % simulation.Steps.Count].Name;
        var attempt = Math.Max(1, story.Status.Steps?.Find(status => status.Name == step)?.Attempt ?? 1);
        switch (happening.Kind)
        {
            case HappeningKind.Decide:
                var decision = (ApprovalDecision)(happening.Number % 7);
                story.Decide(step, Simulation.Person(happening.Number), happening.Number % 3 == 0 ? decision : ApprovalDecision.Approve, attempt);
                break;
            case HappeningKind.Outcome:
                story.Ends[step] = Outcome(step, happening.Number);
                break;
            case HappeningKind.Time:
                story.Later(TimeSpan.FromSeconds(happening.Number * (happening.Number % 5 == 0 ? 20 : 1)));
                break;
            case HappeningKind.Want:
                story.Spec = story.Spec with { DesiredState = happening.Number % 25 == 0 ? DesiredState.Aborted : happening.Number % 3 == 0 ? DesiredState.Paused : DesiredState.Running };
                break;
            case HappeningKind.Crash:
                Forget(step, attempt);
                break;
            case HappeningKind.Suspend:
                story.Policy = simulation.Policy(suspended: happening.Number % 2 == 0);
                break;
            case HappeningKind.Alert:
                story.AlertSettlesAt = happening.Number % 2 == 0 ? null : story.Now + TimeSpan.FromSeconds(happening.Number);
                break;
            default:
                story.World = $"-{happening.Number % 3}";
                break;
        }
    }

    // The process that acted has ended before it told: the next one repeats the attempt under the same id, which does nothing new.
    private void Forget(string step, int attempt)
    {
        if (story.Acted.Contains($"{step}/{attempt}") && story.Step(step).State == StepState.Running)
        {
            story.Forgotten.Add($"{step}/{attempt}");
            _repeated.Add($"{step}/{attempt}");
        }
    }

    private Func<int, StepEvidence?> Outcome(string step, int number) => (number % 6) switch
    {
        0 => attempt => Story.Failure(step, attempt) with { NotDone = number % 2 == 0 },
        1 => attempt => new StepEvidence.Unknown { Step = step, Attempt = attempt, Message = "?" },
        2 => _ => null,
        3 => attempt => Story.Failure(step, attempt, at: story.Now),
        _ => attempt => Story.Success(step, attempt),
    };

    private int Approvers(Deed.Act act) => story.People
        .Where(person => person.Step == act.Step.Name && person.Attempt == act.Status.Attempt && person.Decision == ApprovalDecision.Approve)
        .Select(person => person.User)
        .Distinct()
        .Count();
}
