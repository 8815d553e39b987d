using System.Text.Json.Nodes;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>One round of evictions: each pod of the plan is asked to go, once, by its UID.</summary>
internal sealed class Evictions
{
    // metav1.StatusCause of a refusal: corev1.NamespaceTerminatingCause.
    private const string NamespaceTerminating = "NamespaceTerminating";

    /// <summary>Those that a PodDisruptionBudget holds.</summary>
    public List<string> Held { get; } = [];

    /// <summary>Those on their way out, and those of which nothing is known yet.</summary>
    public List<string> Ending { get; } = [];

    /// <summary>Those that the API server does not let go, with its reason.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Asks every pod to go.</summary>
    public static async Task<Evictions> SendAsync(ActionContext context, DrainPlan plan, CancellationToken cancellationToken)
    {
        var round = new Evictions();
        round.Ending.AddRange(plan.Ending.Select(PodLeaving.NameOf));
        foreach (var pod in plan.Evict)
        {
            await round.SendAsync(context, pod, cancellationToken);
        }

        return round;
    }

    private async Task SendAsync(ActionContext context, JsonObject pod, CancellationToken cancellationToken)
    {
        var name = new NamespacedName(pod.Text("metadata", "namespace") ?? "", pod.Text("metadata", "name") ?? "");
        var options = new DeleteOptions { Uid = pod.Text("metadata", "uid"), DryRun = context.DryRun };
        try
        {
            await context.Client.EvictAsync(name, options, cancellationToken);
            Ending.Add(name.ToString());
        }
        catch (ApiException exception) when (exception.IsNotFound || exception.IsConflict || IsNamespaceEnding(exception))
        {
            // Gone, another of the same name, or deleted with its namespace: the next round sees.
            Ending.Add(name.ToString());
        }
        catch (ApiException exception) when (exception.IsDisruptionBudget)
        {
            Held.Add(name.ToString());
        }
        catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
        {
            var failure = ApiFailure.Of(exception, cancellationToken)!;
            (failure.Kind == FailureKind.Refused ? Refused : Ending).Add(failure.Kind == FailureKind.Refused ? $"{name}: {failure.Message}" : name.ToString());
        }
    }

    // Nothing can be made in a namespace that is being deleted, an eviction neither.
    private static bool IsNamespaceEnding(ApiException exception) => exception.Causes.Any(cause => cause.Type == NamespaceTerminating);
}
