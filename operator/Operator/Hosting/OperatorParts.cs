using Microsoft.Extensions.Logging;
using RunbookOperator.Actions;
using RunbookOperator.Admission;
using RunbookOperator.Alerts;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Git;
using RunbookOperator.Kubernetes;
using RunbookOperator.Policies;
using RunbookOperator.PullRequests;
using RunbookOperator.Runtime;
using RunbookOperator.Sync;

namespace RunbookOperator.Hosting;

/// <summary>The parts of an operator and how they know each other.</summary>
internal sealed class OperatorParts : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly LeaderElector _elector;
    private readonly EventRecorder _events;

    private OperatorParts(Manager manager, AlertEndpoint alerts, LeaderElector elector, EventRecorder events, CancellationTokenSource stopping)
    {
        Manager = manager;
        Alerts = alerts;
        _elector = elector;
        _events = events;
        _stopping = stopping;
    }

    public Manager Manager { get; }

    public AlertEndpoint Alerts { get; }

    public static OperatorParts Of(OperatorOptions options, OperatorSurroundings surroundings, HmacKeys keys)
    {
        var (client, context) = (surroundings.Client, surroundings.Context);
        var stopping = new CancellationTokenSource();
        var execution = ExecutionOptionsOf(options, stopping.Token);
        var elector = new LeaderElector(client, Election(options, surroundings), context);
        var events = new EventRecorder(client, new EventRecorderOptions { ReportingController = $"{Names.Group}/operator", ReportingInstance = options.Identity }, context);
        var caches = new Caches(client, context);
        var manager = new Manager(context, elector);
        var mirrors = Mirrors(options, context);
        var targets = new PullRequestTargets(caches.Repositories, new SyncSource(client, mirrors.AllowLocalRepositories));
        var judging = new Judging(new ActionServices { Egress = new Egress(EgressRules(options, surroundings), context.Time), Reverts = new GitReverts(targets, mirrors) });
        var policies = new ClusterPolicies(caches.Policies, options.Namespace, BuiltIn(options));

        var proposals = new ProposalParts(client, caches, judging, targets, mirrors, execution, context.Time);
        manager.Add(ExecutionParts.Controller(surroundings, caches, judging, policies, keys, manager.Leadership, events, execution))
            .Add(Controllers.Incidents(caches, client, proposals.Service, policies, events, context))
            .Add(proposals.Controller(caches, events, context))
            .Add(Controllers.Policies(caches, client, policies, options.Namespace, events, context))
            .Add(Controllers.Runbooks(caches, client, judging, policies, context))
            .Add(Controllers.Repositories(caches, client, mirrors, judging, () => judging.Judges.For(policies.For(options.Namespace)), events, context));

        var alerts = new AlertEndpoint(
            new AlertSecrets(client, context.Time),
            new AlertIntake(client, caches.Incidents, policies, context.Time),
            context.Time,
            context.Loggers.CreateLogger<AlertEndpoint>());
        return new OperatorParts(manager, alerts, elector, events, stopping);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _events.DisposeAsync();
        _elector.Dispose();
        Alerts.Dispose();
        _stopping.Dispose();
    }

    private static LeaderElectorOptions Election(OperatorOptions options, OperatorSurroundings surroundings)
    {
        var lease = OperatorOptions.Time(options.LeaseDuration);
        return new LeaderElectorOptions
        {
            Lease = new NamespacedName(options.Namespace, "runbook-operator"),
            Identity = $"{options.Identity}_{Convert.ToHexStringLower(surroundings.Random(4))}",
            LeaseDuration = lease,
            RenewDeadline = lease * 2 / 3,
            RetryPeriod = lease * 2 / 15,
        };
    }

    private static EgressOptions EgressRules(OperatorOptions options, OperatorSurroundings surroundings) => new()
    {
        Allow = OperatorOptions.Ranges(options.EgressAllow),
        Deny = OperatorOptions.Ranges(options.EgressDeny),
        ApiServers = surroundings.ApiServers,
    };

    private static EffectivePolicy BuiltIn(OperatorOptions options) => EffectivePolicy.BuiltIn.With(
        OperatorOptions.Time(options.ApprovalTimeout), OperatorOptions.Time(options.Window), OperatorOptions.Time(options.Settle));

    private static GitMirrors Mirrors(OperatorOptions options, RuntimeContext context) => new(new GitRunner(
        new GitOptions { CacheFolder = options.CacheFolder, AllowLocalRepositories = options.AllowLocalRepositories }, context.Time));

    private static ExecutionOptions ExecutionOptionsOf(OperatorOptions options, CancellationToken stopping) => new()
    {
        StepImage = options.StepImage,
        LeaseNeeded = OperatorOptions.Time(options.LeaseDuration) / 2,
        PodsKept = OperatorOptions.Time(options.PodsKept),
        Stopping = stopping,
    };
}
