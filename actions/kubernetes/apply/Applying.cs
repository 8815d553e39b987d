using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>One apply to an object that is there.</summary>
internal sealed class Applying(ActionContext context, ActionTarget target, Manifest manifest, bool force)
{
    /// <summary>Asks what it would become. Changes nothing.</summary>
    public async Task<JsonObject> TryAsync(CancellationToken cancellationToken) => await SendAsync(dryRun: true, cancellationToken);

    /// <summary>Applies it, over nothing but the version that was seen; as a dry run where the context says so.</summary>
    public async Task SendAsync(CancellationToken cancellationToken) => await SendAsync(context.DryRun, cancellationToken);

    private async Task<JsonObject> SendAsync(bool dryRun, CancellationToken cancellationToken)
    {
        try
        {
            return await ApplyAsync(force, dryRun, cancellationToken);
        }
        catch (ApiException exception) when (!force && FieldOwners.IsConflict(exception))
        {
            var found = await context.Client.GetAsync(Resources.Of(target), Resources.NameOf(target), cancellationToken);
            if (found.Text("metadata", "resourceVersion") == target.ResourceVersion && FieldOwners.IsOnlyOurs(exception, found))
            {
                return await ApplyAsync(force: true, dryRun, cancellationToken);
            }

            throw;
        }
    }

    private Task<JsonObject> ApplyAsync(bool force, bool dryRun, CancellationToken cancellationToken)
    {
        var value = manifest.Value.DeepClone().AsObject();
        var metadata = value["metadata"]!.AsObject();
        var annotations = metadata["annotations"] as JsonObject ?? [];
        annotations[Names.AttemptAnnotation] = context.AttemptId;
        metadata["annotations"] = annotations;
        metadata["uid"] = target.Uid;
        metadata["resourceVersion"] = target.ResourceVersion;
        return context.Client.ApplyAsync(
            Resources.Of(target), Resources.NameOf(target), value, new ApplyOptions(Names.FieldManager, force, DryRun: dryRun), cancellationToken);
    }
}
