using System.Text.Json.Nodes;

namespace RunbookOperator.Actions.Tests;

/// <summary>Inputs as they stand in a runbook, from their JSON.</summary>
internal static class Inputs
{
    public static ActionInputs Of(string json) => new(JsonNode.Parse(json)!.AsObject());
}
