using RunbookOperator.Learning;
using static RunbookOperator.Operator.Tests.LearningWorld;

namespace RunbookOperator.Operator.Tests;

public sealed class ProposedFileTests
{
    [Fact]
    public void The_edit_touches_only_the_lines_it_must()
    {
        var all = ThreeSkips();
        all[2].Status!.Steps!.Insert(1, Done("pods", 2));
        var proposals = Find(Incident(Note("Check sessions", "kubectl get events -n shop")), [all[2]], all);

        var file = Make(proposals);

        Assert.Empty(file.Refused);
        Assert.Equal(2, file.Done.Count);
        var (before, after) = (Source.Split('\n'), file.Source.Split('\n'));
        Assert.Equal(
            ["  # Nobody needs this since the new cache.", "  - name: flush", "    run: redis-cli flushall   # careful"], before.Except(after));
        Assert.Contains("  - name: check-sessions", after);
        Assert.Contains("    run: kubectl get events -n shop", after);
    }

    [Fact]
    public void A_command_that_holds_a_secret_is_refused_and_the_rest_goes_on()
    {
        var run = Run("r1", 0, "payment-7f3a9c1b-3", Done("look", 1));
        var incident = Incident(Note("Log in", "psql postgres://riley:hunter2hunter2@db/payments"), Note("Look", "kubectl get events -n shop"));

        var file = Make(Find(incident, [run]));

        Assert.Equal("look-2", Assert.Single(file.Done).Step);
        var (proposal, reason) = Assert.Single(file.Refused);
        Assert.Equal("log-in", proposal.Step);
        Assert.Contains("secret", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", file.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_that_would_not_be_valid_is_refused_with_the_reason()
    {
        var source = Source.Replace("  - name: restart\n", "  - name: restart\n    when: [{step: flush, operator: Skipped}]\n", StringComparison.Ordinal);
        var all = ThreeSkips();

        var file = Make(Find(Incident(), [all[2]], all), source);

        Assert.Empty(file.Done);
        Assert.Equal(source, file.Source);
        Assert.Contains("RBK", Assert.Single(file.Refused).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("risk: safe", "risk: caution", "change the step \"pods\"")]
    [InlineData("redis-cli flushall   # careful", "redis-cli get x", "change the step \"flush\"")]
    [InlineData("serviceAccountName: payment-fixer", "serviceAccountName: cluster-admin", "more than the steps")]
    [InlineData("owner: team-payments", "owner: team-payments\n  mode: Autopilot", "more than the steps")]
    [InlineData("apiVersion: runbooks.dev/v1alpha1", "apiVersion: v1", "other documents")]
    [InlineData("manual: Restart the service", "manually: Restart the service", "not be valid")]
    public void The_gate_lets_nothing_pass_that_changes_what_stays(string was, string will, string reason)
    {
        var after = Source.Replace(was, will, StringComparison.Ordinal);
        Assert.NotEqual(Source, after);

        Assert.Contains(reason, Gate.Refusal("a.yaml", Name, Source, after), StringComparison.Ordinal);
        Assert.Null(Gate.Refusal("a.yaml", Name, Source, Source));
    }

    [Fact]
    public void The_gate_bounds_the_lines_that_change()
    {
        var lines = string.Concat(Enumerable.Range(0, ProposalGate.MaximumChangedLines).Select(i => $"# {i}\n"));

        Assert.Null(Gate.Refusal("a.yaml", Name, Source, Source + lines));
        Assert.Contains("200 lines", Gate.Refusal("a.yaml", Name, Source, Source + lines + "# more\n"), StringComparison.Ordinal);
    }

    private static ProposedFile Make(IReadOnlyList<Proposal> proposals, string source = Source) =>
        ProposedFile.Make(source, proposals, Secrets, (before, after) => Gate.Refusal("a.yaml", Name, before, after));
}
