using RunbookOperator.Api;
using RunbookOperator.Incidents;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.Runtime;

namespace RunbookOperator.Tests.Policies;

public sealed class StartBudgetTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void As_many_runs_begin_in_an_hour_as_the_limit_says_whatever_the_cache_knows_of_them()
    {
        var budget = new StartBudget(new Known());

        Assert.Null(budget.Take(Run("a"), 2, Now));
        Assert.Null(budget.Take(Run("b"), 2, Now.AddMinutes(1)));
        Assert.Null(budget.Take(Run("b"), 2, Now.AddMinutes(2)));
        Assert.Equal(Now.AddHours(1), budget.Take(Run("c"), 2, Now.AddMinutes(3)));
        Assert.Null(budget.Take(Run("c", "bank"), 2, Now.AddMinutes(3)));
        Assert.Null(budget.Take(Run("c"), 2, Now.AddHours(1)));
    }

    [Fact]
    public void Runs_that_an_earlier_leader_let_begin_count()
    {
        var earlier = Run("a") with { Status = new RunbookExecutionStatus { StartedAt = Now.AddMinutes(-30) } };

        Assert.Equal(Now.AddMinutes(30), new StartBudget(new Known(earlier)).Take(Run("b"), 1, Now));
        Assert.Null(new StartBudget(new Known(earlier)).Take(Run("b"), 1, Now.AddMinutes(30)));
    }

    [Fact]
    public void As_many_runs_of_a_runbook_as_it_says_are_started_by_alerts_in_an_hour_and_those_of_people_do_not_count()
    {
        var alerted = Run("a") with { Spec = Run("a").Spec with { Trigger = new ExecutionTrigger { Type = TriggerType.Alert } } };
        var earlier = alerted with { Metadata = alerted.Metadata with { CreationTimestamp = Now.AddMinutes(-30) } };
        var byHand = Run("b") with { Metadata = Run("b").Metadata with { CreationTimestamp = Now.AddMinutes(-10) } };
        var budget = new RunbookBudget(new Known(earlier, byHand));

        Assert.Null(budget.Take(Run("c"), 2, Now));
        Assert.Null(budget.Take(Run("c"), 2, Now));
        Assert.Equal(Now.AddMinutes(30), budget.Take(Run("d"), 2, Now));
        Assert.Null(budget.Take(Run("d"), 2, Now.AddMinutes(31)));
    }

    private static RunbookExecution Run(string name, string ns = "shop") => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = ns, Uid = name },
        Spec = new RunbookExecutionSpec { Runbook = new ExecutionRunbook { Name = "slow" }, Trigger = new ExecutionTrigger { Type = TriggerType.Manual } },
    };

    private sealed class Known(params RunbookExecution[] runs) : ILister<RunbookExecution>
    {
        public RunbookExecution? Find(NamespacedName name) => throw new NotSupportedException();

        public IReadOnlyList<RunbookExecution> List(string? ns = null) => [.. runs.Where(run => run.Metadata.Namespace == ns)];

        public IReadOnlyList<RunbookExecution> ByIndex(string index, string value) => runs;
    }
}
