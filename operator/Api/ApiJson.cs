using System.Text.Json.Serialization;

namespace RunbookOperator.Api;

/// <summary>The generated serializer of all kinds, to be added to <c>KubernetesJson.CreateOptions</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunbookRepository))]
[JsonSerializable(typeof(Runbook))]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(RunbookExecution))]
[JsonSerializable(typeof(RunbookApproval))]
public sealed partial class ApiJson : JsonSerializerContext;
