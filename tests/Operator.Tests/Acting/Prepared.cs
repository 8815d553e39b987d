using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Acting;

/// <summary>A run and a step that is about to act.</summary>
internal static class Prepared
{
    public static RunbookExecution Execution { get; } = new()
    {
        Metadata = new ObjectMeta { Name = "slow-abc123", Namespace = "shop", Uid = "uid-1" },
        Spec = new RunbookExecutionSpec { Runbook = new ExecutionRunbook { Name = "slow" }, Trigger = new ExecutionTrigger { Type = TriggerType.Alert } },
    };

    public static PreparedStep Step(string command, RiskLevel risk = RiskLevel.Safe, params (string Name, string Value)[] environment) => new()
    {
        Step = "look",
        Attempt = 1,
        Policy = EffectivePolicy.BuiltIn,
        Risk = risk,
        Reasons = [],
        Command = command,
        Environment = environment.ToDictionary(pair => pair.Name, pair => pair.Value),
        ServiceAccount = "runbook-reader",
        Digest = "d",
    };
}
