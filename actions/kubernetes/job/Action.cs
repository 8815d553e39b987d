using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/job: starts a Job, of a CronJob or of its own.</summary>
internal sealed class JobAction : IAction
{
    private const string CronJob = "cronJob";
    private const string Spec = "spec";
    private const string SourceUid = "sourceUid";
    private const string SourceSpec = "sourceSpec";
    private const int HashLength = 16;

    private static readonly ResourceDefinition Job = new("batch", "v1", "Job", "jobs");

    public ActionDeclaration Declaration { get; } = new(
        "kubernetes/job",
        "Starts a Job, as a CronJob would now or as the inputs say.",
        ChangesState: true,
        [
            new(CronJob, ActionInputType.Text, "The CronJob whose work is to be done now. Give one of cronJob and spec."),
            new(Spec, ActionInputType.Object, "The spec of a Job."),
            ObjectInput.NamespaceInput,
        ]);

    public ActionAssessment Assess(ActionInputs inputs)
    {
        Check(inputs);
        const string Undo = "Delete the Job, if it has not ended. What it has done by then stays.";
        var ns = ObjectInput.ReadNamespace(inputs);
        return inputs.Text(CronJob) is { } name
            ? new ActionAssessment(
                RiskLevel.Caution, ["does the work of a CronJob now, out of its turn"], $"a Job of {new ObjectInput("CronJob", name, ns)}", Undo)
            : new ActionAssessment(
                RiskLevel.Dangerous, ["what the Job's images and commands do is not known", .. PodDanger.In(inputs.Object(Spec))], $"a Job in {ns ?? "the run's namespace"}", Undo);
    }

    public async Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken)
    {
        Check(context.Inputs);
        FoundObject.CheckFilled(context.Inputs);
        var name = new NamespacedName(ObjectInput.ReadNamespace(context.Inputs) ?? context.Namespace, context.AttemptId);
        var target = MadeObject.Target(
            context, Job, name, $"Delete {Resources.Title(Job, name)}, if it has not ended. What it has done by then stays.");
        if (await SourceAsync(context, cancellationToken) is { } source)
        {
            if (JobManifest.IsTaken(source))
            {
                throw new ActionException($"a Job of CronJob {source.Text("metadata", "name")} runs, and it forbids a second beside it");
            }

            target.Seen![SourceUid] = source.Text("metadata", "uid");
            target.Seen[SourceSpec] = SpecHash(source);
        }

        return target;
    }

    public async Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var done = $"{Resources.Title(target)} started\n";
        if (await GuardedCreate.LookAsync(context, target, cancellationToken) is Creation.Ours)
        {
            return new ActionOutcome.Succeeded(done);
        }

        var source = await SourceAsync(context, cancellationToken);
        if (source is not null && (source.Text("metadata", "uid") != target.Seen.Text(SourceUid) || SpecHash(source) != target.Seen.Text(SourceSpec)))
        {
            return new ActionOutcome.Moved($"CronJob {source.Text("metadata", "name")} has changed since it was looked at.");
        }

        var manifest = source is null ? JobManifest.OfSpec(context.Inputs.Object(Spec)!) : JobManifest.Of(source);
        return await GuardedCreate.SendAsync(context, target, () => Task.FromResult(manifest), done, cancellationToken);
    }

    public async Task<ActionTarget?> PrepareUndoAsync(ActionContext context, ActionTarget done, CancellationToken cancellationToken) =>
        await MadeObject.PrepareUndoAsync(
            context,
            done,
            found => JobManifest.HasEnded(found) ? throw new ActionException($"{Resources.Title(done)} has ended; what it did stays") : null,
            cancellationToken);

    public Task<ActionOutcome> UndoAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken) =>
        MadeObject.UndoAsync(context, target, cancellationToken);

    private static string SpecHash(JsonObject cronJob) => CanonicalJson.Hash(cronJob.At("spec", "jobTemplate"), HashLength);

    // Null for a Job of the inputs' own. CronJobs are in batch/v1 from 1.21 on, before in batch/v1beta1.
    private static async Task<JsonObject?> SourceAsync(ActionContext context, CancellationToken cancellationToken)
    {
        if (context.Inputs.Text(CronJob) is not { } name)
        {
            return null;
        }

        var resource = await context.Client.DiscoverAsync("cronjobs.batch", apiVersion: null, cancellationToken)
            ?? throw new ActionException("the cluster has no kind CronJob");
        var ns = ObjectInput.ReadNamespace(context.Inputs) ?? context.Namespace;
        return await FoundObject.ReadAsync(context, resource, new NamespacedName(ns, name), cancellationToken);
    }

    private void Check(ActionInputs inputs)
    {
        InputCheck.Check(Declaration, inputs);
        ObjectInput.ReadNamespace(inputs);
        var name = inputs.Text(CronJob);
        if (name is null == inputs.Object(Spec) is null)
        {
            throw new ActionException("give one of cronJob and spec");
        }

        if (name is not null && !inputs.IsOpen(CronJob) && !ObjectNames.IsSubdomain(name))
        {
            throw new ActionException("the input cronJob must be the name of a CronJob");
        }
    }
}
