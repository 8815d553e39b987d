using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>A merge patch that lands on exactly the object and version that was seen, and leaves the attempt's annotation.</summary>
internal static class MergePatch
{
    /// <summary>Of fields under <c>spec</c>.</summary>
    public static Patch Of(ActionContext context, ActionTarget target, JsonObject spec) =>
        OfObject(context, target, new JsonObject { ["spec"] = spec });

    /// <summary>Of any fields. What they say of the metadata stays, but for the precondition and the annotation, which are the attempt's.</summary>
    public static Patch OfObject(ActionContext context, ActionTarget target, JsonObject fields, PatchType type = PatchType.Merge)
    {
        var content = (JsonObject)fields.DeepClone();
        var metadata = Member(content, "metadata");
        metadata["uid"] = target.Uid;
        metadata["resourceVersion"] = target.ResourceVersion;
        Member(metadata, "annotations")[Names.AttemptAnnotation] = context.AttemptId;
        return new Patch(type, content) { FieldManager = Names.FieldManager };
    }

    private static JsonObject Member(JsonObject value, string name)
    {
        if (value[name] is not JsonObject member)
        {
            value[name] = member = [];
        }

        return member;
    }
}
