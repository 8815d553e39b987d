namespace RunbookOperator.Actions;

/// <summary>The actions that there are, by name.</summary>
public sealed class ActionCatalog
{
    /// <summary>Every action of this project, to be judged: those that reach other systems refuse to.</summary>
    public static ActionCatalog Default { get; } = With(ActionServices.None);

    private readonly Dictionary<string, IAction> _actions;

    /// <summary>Every action of this project, to act.</summary>
    public static ActionCatalog With(ActionServices services) => new(
    [
        new GetAction(), new LogsAction(), new EventsAction(), new WaitAction(), new ScaleAction(), new RolloutRestartAction(), new RolloutUndoAction(),
        new ApplyAction(),
        new DeleteAction(),
        new CordonAction(),
        new UncordonAction(),
        new DrainAction(),
        new TaintAction(),
        new EvictAction(),
        new ExecAction(),
        new DebugCopyAction(),
        new JobAction(),
        new CopyLogsAction(),
        new EscalateAction(),
        new PauseAction(),
        new PrometheusQueryAction(services),
        new PrometheusQueryRangeAction(services),
        new AlertsAction(services),
        new SilenceAction(services),
        new HttpGetAction(services),
        new HttpRequestAction(services),
        new WebhookAction(services),
        new FluxSuspendAction(),
        new FluxResumeAction(),
        new FluxReconcileAction(),
        new ArgoSyncAction(),
        new ArgoRollbackAction(),
        new GitRevertAction(services),
        new DescribeAction(),
        new RecentChangesAction(),
        new RolloutStatusAction(),
        new RolloutPauseAction(),
        new RolloutResumeAction(),
        new SetImageAction(),
        new SetResourcesAction(),
        new HpaAction(),
        new SuspendCronJobAction(),
        new LabelAction(),
        new AnnotateAction(),
        new PatchAction(),
        new DeletePodAction(),
    ]);

    /// <summary>A catalog of <paramref name="actions"/>.</summary>
    public ActionCatalog(IEnumerable<IAction> actions) => _actions = actions.ToDictionary(action => action.Declaration.Name, StringComparer.Ordinal);

    /// <summary>All actions, by name.</summary>
    public IEnumerable<IAction> All => _actions.Values.OrderBy(action => action.Declaration.Name, StringComparer.Ordinal);

    /// <summary>The action of this name, or null.</summary>
    public IAction? Find(string? name) => name is not null && _actions.TryGetValue(name, out var action) ? action : null;
}
