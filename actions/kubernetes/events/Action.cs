using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/events: shows what happened in a namespace, or to one object, the newest last.</summary>
internal sealed class EventsAction() : ReadAction(new ActionDeclaration(
    "kubernetes/events",
    "Shows what happened in a namespace, or to one object, the newest last.",
    ChangesState: false,
    [
        ObjectInput.NamespaceInput,
        new("kind", ActionInputType.Text, "Only of this kind, such as Pod. Defaults to all."),
        new("name", ActionInputType.Text, "Only of the object of this name. Needs kind."),
        new(Warnings, ActionInputType.Flag, "Only warnings. Defaults to false."),
        new(Since, ActionInputType.Duration, "How far back. Defaults to 1h, as long as most servers keep events."),
    ]))
{
    /// <summary>The most events shown: the newest.</summary>
    public const int Maximum = 200;

    private const string Warnings = "warnings";
    private const string Since = "since";
    private static readonly TimeSpan DefaultSince = TimeSpan.FromHours(1);

    protected override string Reason(ActionInputs inputs) => "only reads";

    protected override string Touches(ActionInputs inputs)
    {
        var wanted = ObjectInput.Read(inputs);
        return wanted.Name is not null ? $"events of {wanted}" : $"events in {wanted.Namespace ?? "the run's namespace"}";
    }

    protected override void CheckInputs(ActionInputs inputs)
    {
        ObjectInput.Read(inputs);
        if (inputs.Text("name") is not null && inputs.Text("kind") is null)
        {
            throw new ActionException("the input name needs the input kind");
        }
    }

    protected override async Task<ActionOutcome> ReadAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var wanted = ObjectInput.Read(context.Inputs);
        var resource = wanted.Kind.Length == 0 ? null : await ObjectInput.DiscoverAsync(context, wanted.Kind, cancellationToken);
        // Events about objects without a namespace are kept in default.
        var ns = resource is { Namespaced: false } ? "default" : wanted.Namespace ?? context.Namespace;
        var since = context.Now - (context.Inputs.Time(Since) ?? DefaultSince);
        var events = await context.Client.ListAsync(Event.Definition, ns, options: null, cancellationToken);
        var shown = events.Select(Happening.Of)
            .Where(e => e.LastSeen >= since && (!context.Inputs.Flag(Warnings) || e.Type == "Warning"))
            .Where(e => (resource is null || e.Kind == resource.Kind) && (wanted.Name is null || e.Name == wanted.Name))
            .OrderBy(e => e.LastSeen)
            .ToList();
        return new ActionOutcome.Succeeded(shown.Count == 0 ? $"No events in namespace {ns}.\n" : Show(shown, context.Now));
    }

    private static string Show(List<Happening> events, DateTimeOffset now)
    {
        var rows = events.TakeLast(Maximum)
            .Select(e => (string[])[ActionOutput.Age(e.LastSeen, now), e.Type, e.Reason, $"{e.Kind}/{e.Name}", e.Message])
            .ToList();
        var lines = ActionOutput.Table(["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"], rows);
        var left = events.Count - rows.Count;
        return ActionOutput.KeepEnd(left == 0 ? lines : lines.Prepend($"({left} older events are not shown)"));
    }
}
