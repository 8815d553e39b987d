using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Policies;

/// <summary>What has to be true before a step may act, each answer with the policy that gives it. Made by <see cref="PolicyMerge"/>. Without any
/// policy object the built-in one holds: safe steps run by themselves, caution needs one approver, dangerous needs two and the typed text.</summary>
public sealed record EffectivePolicy
{
    /// <summary>The policy that holds where none is written.</summary>
    public static EffectivePolicy BuiltIn { get; } = new();

    /// <summary>Whether nothing new starts. Default no.</summary>
    public Answer<bool> Suspend { get; init; } = Say(false);

    /// <summary>Who approves safe steps. Default nobody.</summary>
    public EffectiveApprovals Safe { get; init; } = new() { Required = Say(0) };

    /// <summary>Who approves steps of caution, and who marks done what people do. Default one person.</summary>
    public EffectiveApprovals Caution { get; init; } = new() { Required = Say(1) };

    /// <summary>Who approves dangerous steps. Default two people, who type a text.</summary>
    public EffectiveApprovals Dangerous { get; init; } = new() { Required = Say(2), TypedConfirmation = Say(true) };

    /// <summary>Which commands may run. Default all.</summary>
    public Answer<RunPolicy> Run { get; init; } = Say(RunPolicy.Allow);

    /// <summary>Policies that let only listed programs run: those that they list themselves, and those of the base. Default none.</summary>
    public IReadOnlyList<string> Listing { get; init; } = [];

    /// <summary>What is said of typed actions. Default nothing: all may run.</summary>
    public IReadOnlyList<NameRule> Actions { get; init; } = [];

    /// <summary>What is said of the namespaces that typed actions change something in. Default nothing: any.</summary>
    public IReadOnlyList<NameRule> Namespaces { get; init; } = [];

    /// <summary>What is said of programs. Default nothing.</summary>
    public IReadOnlyList<ProgramRule> Programs { get; init; } = [];

    /// <summary>Images besides the operator's own that commands may run in, by digest. Default none.</summary>
    public Answer<IReadOnlyList<string>> Images { get; init; } = Say<IReadOnlyList<string>>([]);

    /// <summary>How many runs may start in an hour in a namespace; null for no limit. Default no limit.</summary>
    public Answer<int?> ExecutionsPerHour { get; init; } = Say<int?>(null);

    /// <summary>The most replicas that a typed action sets; null for no limit. Default no limit.</summary>
    public Answer<int?> MaximumReplicas { get; init; } = Say<int?>(null);

    /// <summary>The highest risk that Autopilot acts on without approval. Default safe.</summary>
    public Answer<RiskLevel> AutopilotRisk { get; init; } = Say(RiskLevel.Safe);

    /// <summary>The most services of an incident that Autopilot acts on; null for no limit. Default no limit.</summary>
    public Answer<int?> AutopilotServices { get; init; } = Say<int?>(null);

    /// <summary>How many steps of a run may be under way at once. Default 4.</summary>
    public Answer<int> StepsInParallel { get; init; } = Say(4);

    /// <summary>Times in which steps above a risk wait. Default none.</summary>
    public IReadOnlyList<Freeze> Freezes { get; init; } = [];

    /// <summary>How long after its end an incident takes up alerts of its key again. Default 15 minutes.</summary>
    public Answer<TimeSpan> Window { get; init; } = Say(TimeSpan.FromMinutes(15));

    /// <summary>How long all alerts of an incident must have been resolved before it counts. Default 2 minutes.</summary>
    public Answer<TimeSpan> Settle { get; init; } = Say(TimeSpan.FromMinutes(2));

    /// <summary>Policies that cannot be used. While there is one nothing but safe steps runs.</summary>
    public IReadOnlyList<Answer<PolicyProblem>> Problems { get; init; } = [];

    /// <summary>Who approves steps of this risk.</summary>
    public EffectiveApprovals Approvals(RiskLevel risk) => risk switch
    {
        RiskLevel.Safe => Safe,
        RiskLevel.Caution => Caution,
        _ => Dangerous,
    };

    /// <summary>The same, where nobody says anything, with these lengths of time: an operator's settings.</summary>
    public EffectivePolicy With(TimeSpan approvalTimeout, TimeSpan window, TimeSpan settle) => this with
    {
        Safe = Safe with { Timeout = Say(approvalTimeout) },
        Caution = Caution with { Timeout = Say(approvalTimeout) },
        Dangerous = Dangerous with { Timeout = Say(approvalTimeout) },
        Window = Say(window),
        Settle = Say(settle),
    };

    private static Answer<T> Say<T>(T value) => new(value, PolicySource.BuiltIn);
}
