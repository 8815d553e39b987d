using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>Makes the ConfigMap that keeps a log. Pure.</summary>
internal static class LogCopy
{
    /// <summary>The ConfigMap, without a name. It goes with the run, which stays as long as its incident is open, and is found by the incident.</summary>
    public static JsonObject Of(ActionRun? run, LogSource source, string log)
    {
        var labels = new JsonObject();
        var metadata = new JsonObject { ["labels"] = labels };
        if (run is not null)
        {
            metadata["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = Names.ApiVersion,
                ["kind"] = "RunbookExecution",
                ["name"] = run.Name,
                ["uid"] = run.Uid,
            });
            labels[Names.ExecutionLabel] = run.Name;
            if (run.Incident is { } incident)
            {
                labels[Names.IncidentLabel] = incident;
            }
        }

        return new JsonObject
        {
            ["metadata"] = metadata,
            ["data"] = new JsonObject
            {
                ["pod"] = source.Pod.ToString(),
                ["container"] = source.Container,
                [CopyLogsAction.Key] = log,
            },
        };
    }
}
