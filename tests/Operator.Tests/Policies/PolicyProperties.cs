using FsCheck;
using FsCheck.Fluent;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Policies;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Policies;

/// <summary>What must hold for any policies: one more never loosens an answer, and their order does not matter.</summary>
public sealed class PolicyProperties
{
    private static readonly string[] Names = ["kubernetes/scale", "kubernetes/get", "kubernetes/rollout-restart", "shop", "shop-db", "kube-system"];
    private static readonly string[] Patterns = ["*", "kubernetes/*", "kubernetes/scale", "kube-*", "shop", "*-db"];
    private static readonly string[] People = ["riley", "sam", "system:serviceaccount:shop:bot"];
    private static readonly string[] Groups = ["leads", "seniors"];
    private static readonly string[] Commands = ["kubectl get pods", "kubectl delete pod x", "tool show", "tool pay; kubectl get pods", "$x"];
    private static readonly DateTimeOffset Sunday = new(2026, 11, 22, 0, 30, 0, TimeSpan.Zero);

    private static readonly Gen<RiskApproval?> Approval = Maybe(
        from required in Some(Gen.Choose(0, 5))
        from self in Some(Gen.Elements(true, false))
        from typed in Some(Gen.Elements(true, false))
        from minutes in Some(Gen.Choose(1, 90))
        from groups in Maybe(Gen.SubListOf(Groups).Select(list => list.ToList()))
        from users in Maybe(Gen.SubListOf(People).Select(list => list.ToList()))
        select new RiskApproval { Required = required, AllowSelf = self, TypedConfirmation = typed, Timeout = Minutes(minutes), Groups = groups, Users = users });

    private static readonly Gen<PolicyNames?> Rules = Maybe(
        from allow in Maybe(Gen.SubListOf(Patterns).Select(list => list.ToList()))
        from deny in Maybe(Gen.SubListOf(Patterns).Select(list => list.ToList()))
        select new PolicyNames { Allow = allow, Deny = deny });

    private static readonly Gen<PolicyProgram> Program =
        from name in Gen.Elements("tool", "kubectl")
        from subcommand in Gen.Elements(null, "show", "get")
        from risk in Gen.Elements("safe", "caution", "dangerous")
        select new PolicyProgram { Name = name, Subcommands = subcommand is null ? null : [subcommand], Risk = risk, Reason = "so" };

    private static readonly Gen<PolicyFreeze> Freezes =
        from day in Gen.Choose(0, 6)
        from hours in Gen.Choose(1, 80)
        from allow in Gen.Elements(null, "safe", "caution")
        select new PolicyFreeze { Schedule = $"0 0 * * {day}", Duration = Duration.Of(TimeSpan.FromHours(hours)), Allow = allow };

    private static readonly Gen<RunbookPolicySpec> Spec =
        from suspend in Some(Gen.Elements(true, false, false))
        from safe in Approval
        from caution in Approval
        from dangerous in Approval
        from actions in Rules
        from namespaces in Rules
        from run in Some(Gen.Elements(Enum.GetValues<RunPolicy>()))
        from programs in Maybe(Program.ListOf().Select(list => list.Take(3).ToList()))
        from freezes in Maybe(Freezes.ListOf().Select(list => list.Take(2).ToList()))
        from hour in Some(Gen.Choose(1, 9))
        from replicas in Some(Gen.Choose(0, 9))
        from window in Some(Gen.Choose(1, 60))
        from settle in Some(Gen.Choose(1, 60))
        select new RunbookPolicySpec
        {
            Suspend = suspend,
            Approvals = new PolicyApprovals { Safe = safe, Caution = caution, Dangerous = dangerous },
            Actions = actions,
            Namespaces = namespaces,
            Run = run,
            Programs = programs,
            Freezes = freezes,
            Limits = new PolicyLimits { ExecutionsPerHour = hour, MaximumReplicas = replicas },
            Correlation = new PolicyCorrelation { Window = Minutes(window), Settle = Minutes(settle) },
        };

    private static readonly Gen<(RunbookPolicySpec? Base, List<RunbookPolicySpec> Others, RunbookPolicySpec More, bool Broken)> Worlds =
        from first in Maybe(Spec)
        from others in Spec.ListOf().Select(list => list.Take(3).ToList())
        from more in Spec
        from broken in Gen.Elements(true, false)
        select (first, others, more, broken);

    [Fact]
    public void One_more_policy_never_loosens_an_answer() => Prop.ForAll(Worlds.ToArbitrary(), world =>
    {
        var sources = Sources(world.Others);
        var more = new PolicySource("shop/more", world.More, world.Broken ? new PolicyProblem(Reasons.Invalid, "x") : null);
        AssertTighter(Merge(world.Base, sources), Merge(world.Base, [.. sources, more]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_policies_does_not_matter() => Prop.ForAll(Worlds.ToArbitrary(), world =>
    {
        var sources = Sources([.. world.Others, world.More]);
        Assert.Equal(PolicyAnswers.Of(Merge(world.Base, sources)), PolicyAnswers.Of(Merge(world.Base, [.. sources.AsEnumerable().Reverse()])));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_base_that_cannot_be_used_never_loosens_what_is_built_in() => Prop.ForAll(Worlds.ToArbitrary(), world =>
        AssertTighter(
            Merge(null, Sources(world.Others)),
            PolicyMerge.Of(EffectivePolicy.BuiltIn, new PolicySet(new PolicySource("home/default", world.More, new PolicyProblem(Reasons.Invalid, "x")), Sources(world.Others)))))
        .QuickCheckThrowOnFailure();

    private static void AssertTighter(EffectivePolicy before, EffectivePolicy after)
    {
        foreach (var risk in Enum.GetValues<RiskLevel>())
        {
            var (was, now) = (before.Approvals(risk), after.Approvals(risk));
            Assert.True(now.Required.Value >= was.Required.Value && now.Timeout.Value <= was.Timeout.Value, "approvals");
            Assert.True((was.AllowSelf.Value || !now.AllowSelf.Value) && (now.TypedConfirmation.Value || !was.TypedConfirmation.Value), "self and text");
            Assert.All(People.SelectMany(user => Groups.Select(group => (user, group))), who => AssertStays(was.Objection(who.user, [who.group]), now.Objection(who.user, [who.group])));
            AssertStays(PolicyHold.Of(before, risk, byHand: false, Sunday)?.Reason, PolicyHold.Of(after, risk, byHand: false, Sunday)?.Reason);
        }

        Assert.True(Lower(after.ExecutionsPerHour.Value, before.ExecutionsPerHour.Value) && Lower(after.MaximumReplicas.Value, before.MaximumReplicas.Value), "limits");
        Assert.True(after.Window.Value <= before.Window.Value && after.Settle.Value >= before.Settle.Value, "correlation");
        foreach (var (name, ns) in Names.SelectMany(name => Names.Select(ns => (name, ns))))
        {
            var step = new RunbookStep { Name = "s", Uses = name, With = new() { ["replicas"] = 5 } };
            var verdict = new StepVerdict(RiskLevel.Caution, [], null, null);
            AssertStays(StepRules.Denial(before, step, verdict, ns), StepRules.Denial(after, step, verdict, ns));
        }

        foreach (var command in Commands)
        {
            var step = new RunbookStep { Name = "s", Run = command };
            var (was, now) = (Judge(before, step), Judge(after, step));
            Assert.True(now.Level >= was.Level, $"{command}: {was.Level} became {now.Level}");
            AssertStays(StepRules.Denial(before, step, was, "shop"), StepRules.Denial(after, step, now, "shop"));
        }
    }

    private static void AssertStays(string? before, string? after) => Assert.True(before is null || after is not null, $"{before} was lifted");

    private static StepVerdict Judge(EffectivePolicy policy, RunbookStep step) => Judges.For(policy).Judge(step, []);

    private static readonly StepJudges Judges = new(ActionCatalog.Default, new StepJudge(ActionCatalog.Default, new RiskClassifier()));

    private static bool Lower(int? after, int? before) => before is null || after <= before;

    private static List<PolicySource> Sources(List<RunbookPolicySpec> specs) => [.. specs.Select((spec, i) => new PolicySource($"shop/{i}", spec))];

    private static EffectivePolicy Merge(RunbookPolicySpec? first, List<PolicySource> others) =>
        PolicyMerge.Of(EffectivePolicy.BuiltIn, new PolicySet(first is null ? null : new PolicySource("home/default", first), others));

    private static Duration Minutes(int? minutes) => Duration.Of(TimeSpan.FromMinutes(minutes ?? 30));

    private static Gen<T?> Maybe<T>(Gen<T> values)
        where T : class? => Gen.OneOf(Gen.Constant<T?>(null), values.Select(value => (T?)value));

    private static Gen<T?> Some<T>(Gen<T> values)
        where T : struct => Gen.OneOf(Gen.Constant<T?>(null), values.Select(value => (T?)value));
}
