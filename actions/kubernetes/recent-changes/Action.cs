using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/recent-changes: shows what changed lately: rollouts, images, configuration, autoscaling.</summary>
internal sealed class RecentChangesAction() : ReadAction(new ActionDeclaration(
    "kubernetes/recent-changes",
    "Shows what changed lately: rollouts, images, configuration, autoscaling.",
    ChangesState: false,
    [
        ObjectInput.NamespaceInput,
        new("name", ActionInputType.Text, "A workload, pod, service or app to look around. Defaults to all of the namespace."),
        new(Since, ActionInputType.Duration, "How far back. Defaults to 2h."),
    ]))
{
    /// <summary>How far back, unless it is said.</summary>
    public static readonly TimeSpan DefaultSince = TimeSpan.FromHours(2);

    private const string Since = "since";

    protected override string Reason(ActionInputs inputs) => "only reads";

    protected override string Touches(ActionInputs inputs)
    {
        var named = ObjectInput.Read(inputs);
        var where = named.Namespace ?? "the run's namespace";
        return Variables.Clean(named.Name is null ? $"workloads and configuration in {where}" : $"what belongs to {named.Name} in {where}", Limits.Line);
    }

    protected override void CheckInputs(ActionInputs inputs) => ObjectInput.Read(inputs);

    protected override async Task<ActionOutcome> ReadAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var named = ObjectInput.Read(context.Inputs);
        var ns = named.Namespace ?? context.Namespace;
        var report = await ChangeReader.ReadAsync(
            context.Client, new ChangeQuery(ns, named.Name, context.Now - (context.Inputs.Time(Since) ?? DefaultSince)), cancellationToken);
        var notes = report.NotSeen.Select(note => $"({note})").ToList();
        if (named.Name is not null && !report.Narrowed)
        {
            notes.Add($"(nothing in {ns} goes by the name {named.Name}: all of the namespace is shown)");
        }

        if (report.Changes.Count == 0)
        {
            return new ActionOutcome.Succeeded(ActionOutput.KeepEnd([.. notes, $"No changes in namespace {ns} that can be seen."]));
        }

        var rows = report.Changes.Select(change => (string[])[ActionOutput.Age(change.At, context.Now), change.Object, change.What]).ToList();
        return new ActionOutcome.Succeeded(ActionOutput.KeepEnd([.. notes, .. ActionOutput.Table(["AGO", "OBJECT", "CHANGE"], rows)]));
    }
}
