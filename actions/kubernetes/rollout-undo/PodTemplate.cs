using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>The pod template of a Deployment, as it is the same in the Deployment and in the ReplicaSet of its revision.</summary>
internal static class PodTemplate
{
    private const string PodTemplateHash = "pod-template-hash";
    private const int Digits = 16;

    /// <summary>The template of a workload, without the label that the Deployment controller adds to those of ReplicaSets.</summary>
    public static JsonNode Of(JsonObject workload)
    {
        var template = workload.At("spec", "template")?.DeepClone() ?? new JsonObject();
        (template.At("metadata", "labels") as JsonObject)?.Remove(PodTemplateHash);
        return template;
    }

    /// <summary>The same for the same template.</summary>
    public static string HashOf(JsonObject workload) => CanonicalJson.Hash(Of(workload), Digits);
}
