using System.Text.Json.Serialization;

namespace RunbookOperator.Api;

/// <summary>The generated serializer of all kinds: for writing only, such as for hashes and comparisons. Reading goes through
/// <c>KubernetesJson</c>, because generated code sets every init-only property and so forgets the initial values of those that are absent.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunbookRepository))]
[JsonSerializable(typeof(Runbook))]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(RunbookExecution))]
[JsonSerializable(typeof(RunbookApproval))]
[JsonSerializable(typeof(RunbookPolicy))]
[JsonSerializable(typeof(RunbookSuggestion))]
public sealed partial class ApiJson : JsonSerializerContext;
