using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>What a copy of a pod is to run.</summary>
/// <param name="Container">The container that is copied.</param>
/// <param name="Command">What it runs.</param>
/// <param name="Image">The image of a container of its own beside it; null for the container itself.</param>
/// <param name="Others">Whether the other containers run too.</param>
/// <param name="Seconds">How long it lives.</param>
internal sealed record CopyPlan(string Container, IReadOnlyList<string> Command, string? Image, bool Others, long Seconds);

/// <summary>Makes a copy of a pod that serves nobody: without labels, probes and readiness, ending by itself. Pure.</summary>
internal static class PodCopy
{
    /// <summary>The container that is added.</summary>
    public const string Debugger = "debugger";

    /// <summary>Annotation on the copy: the pod that it is of.</summary>
    public const string CopyOf = "runbooks.dev/copy-of";

    private static readonly string[] Never = ["nodeName", "ephemeralContainers", "hostname", "subdomain", "readinessGates", "schedulingGates", "priority", "preemptionPolicy"];
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle"];

    /// <summary>The copy, without a name.</summary>
    public static JsonObject Of(JsonObject pod, CopyPlan plan)
    {
        var spec = pod["spec"]!.DeepClone().AsObject();
        foreach (var name in Never)
        {
            spec.Remove(name);
        }

        var containers = spec.Items("containers").Select(container => Bare(container.AsObject())).ToList();
        var chosen = containers.First(container => container.Text("name") == plan.Container);
        var kept = plan.Others ? containers.Where(container => plan.Image is not null || container != chosen).ToList() : [];
        kept.Add(plan.Image is null ? Running(chosen, plan.Command) : Running(Beside(chosen, plan.Image), plan.Command));
        spec["containers"] = new JsonArray([.. kept.Select(container => container.DeepClone())]);
        if (!plan.Others)
        {
            spec.Remove("initContainers");
        }
        else if (plan.Image is not null)
        {
            spec["shareProcessNamespace"] = true;
        }

        // A second writer could damage what is kept.
        foreach (var claim in spec.Items("volumes").Select(volume => volume["persistentVolumeClaim"]).OfType<JsonObject>())
        {
            claim["readOnly"] = true;
        }

        spec["restartPolicy"] = "Never";
        spec["activeDeadlineSeconds"] = plan.Seconds;
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["annotations"] = new JsonObject { [CopyOf] = pod.Text("metadata", "name") },
                ["ownerReferences"] = new JsonArray(Owner(pod)),
            },
            ["spec"] = spec,
        };
    }

    private static JsonObject Running(JsonObject container, IReadOnlyList<string> command)
    {
        // The kubelet would expand $(NAME).
        container["command"] = new JsonArray([.. command.Select(word => (JsonNode)word.Replace("$", "$$", StringComparison.Ordinal))]);
        container.Remove("args");
        return container;
    }

    private static JsonObject Beside(JsonObject container, string image)
    {
        var added = container.DeepClone().AsObject();
        added["name"] = Debugger;
        added["image"] = image;
        added.Remove("ports");
        added.Remove("imagePullPolicy");
        added.Remove("workingDir");
        return added;
    }

    private static JsonObject Bare(JsonObject container)
    {
        var bare = container.DeepClone().AsObject();
        foreach (var name in Probes)
        {
            bare.Remove(name);
        }

        return bare;
    }

    // It goes with what made the pod, or with the pod. It is not that one's pod: no controller counts it.
    private static JsonObject Owner(JsonObject pod)
    {
        var controller = pod.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.Flag("controller"));
        return new JsonObject
        {
            ["apiVersion"] = controller.Text("apiVersion") ?? "v1",
            ["kind"] = controller.Text("kind") ?? "Pod",
            ["name"] = controller.Text("name") ?? pod.Text("metadata", "name"),
            ["uid"] = controller.Text("uid") ?? pod.Text("metadata", "uid"),
        };
    }
}
