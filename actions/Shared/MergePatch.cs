using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>A merge patch that lands on exactly the object and version that was seen, and leaves the attempt's annotation.</summary>
internal static class MergePatch
{
    public static Patch Of(ActionContext context, ActionTarget target, JsonObject spec) => new(PatchType.Merge, new JsonObject
    {
        ["metadata"] = new JsonObject
        {
            ["uid"] = target.Uid,
            ["resourceVersion"] = target.ResourceVersion,
            ["annotations"] = new JsonObject { [Names.AttemptAnnotation] = context.AttemptId },
        },
        ["spec"] = spec,
    })
    {
        FieldManager = Names.FieldManager,
    };
}
