using System.Text.Json.Nodes;

namespace RunbookOperator.Actions;

/// <summary>Makes a Job. Pure.</summary>
internal static class JobManifest
{
    /// <summary>The annotation that <c>kubectl create job --from</c> writes.</summary>
    private const string Instantiate = "cronjob.kubernetes.io/instantiate";

    /// <summary>The Job that a CronJob would start now, without a name.</summary>
    public static JsonObject Of(JsonObject cronJob)
    {
        var template = cronJob["spec"]!["jobTemplate"]!;
        var annotations = template.At("metadata", "annotations")?.DeepClone() as JsonObject ?? [];
        annotations[Instantiate] = "manual";
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["labels"] = template.At("metadata", "labels")?.DeepClone(),
                ["annotations"] = annotations,
                ["ownerReferences"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = cronJob.Text("apiVersion"),
                    ["kind"] = "CronJob",
                    ["name"] = cronJob.Text("metadata", "name"),
                    ["uid"] = cronJob.Text("metadata", "uid"),
                }),
            },
            ["spec"] = template.At("spec")?.DeepClone(),
        };
    }

    /// <summary>A Job of this spec, without a name.</summary>
    public static JsonObject OfSpec(JsonObject spec) => new() { ["metadata"] = new JsonObject(), ["spec"] = spec.DeepClone() };

    /// <summary>Whether a CronJob lets no second Job run beside the one that runs.</summary>
    public static bool IsTaken(JsonObject cronJob) => cronJob.Text("spec", "concurrencyPolicy") == "Forbid" && cronJob.Items("status", "active").Any();

    /// <summary>Whether a Job has ended, well or not.</summary>
    public static bool HasEnded(JsonObject job) =>
        job.Condition("Complete").Text("status") == "True" || job.Condition("Failed").Text("status") == "True";
}
