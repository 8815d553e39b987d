using System.Text.Json.Serialization;
using RunbookOperator.Kubernetes;

[assembly: JsonContext<RunbookOperator.Api.ApiJson>]

namespace RunbookOperator.Api;

/// <summary>The generated serializer of all kinds. <see cref="KubernetesJson.Options"/> finds it for reading and writing over the wire; used by itself it keeps
/// fractions of seconds, for hashes and comparisons. A property with an initial value of its own has a <c>set</c>, so that absence leaves it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunbookRepository))]
[JsonSerializable(typeof(Runbook))]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(RunbookExecution))]
[JsonSerializable(typeof(RunbookApproval))]
[JsonSerializable(typeof(RunbookPolicy))]
[JsonSerializable(typeof(RunbookSuggestion))]
public sealed partial class ApiJson : JsonSerializerContext;
