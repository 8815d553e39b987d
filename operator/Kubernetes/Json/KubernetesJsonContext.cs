using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RunbookOperator.Kubernetes;

/// <summary>Generated code for all wire types of this project. The conventions come from <see cref="KubernetesJson.Options"/>.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AdmissionReview))]
[JsonSerializable(typeof(ConfigMap))]
[JsonSerializable(typeof(ControllerRevision))]
[JsonSerializable(typeof(CustomResourceDefinition))]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(Lease))]
[JsonSerializable(typeof(MutatingWebhookConfiguration))]
[JsonSerializable(typeof(Namespace))]
[JsonSerializable(typeof(PartialObjectMetadata))]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(Secret))]
[JsonSerializable(typeof(SelfSubjectAccessReview))]
[JsonSerializable(typeof(SelfSubjectRulesReview))]
[JsonSerializable(typeof(ServiceAccount))]
[JsonSerializable(typeof(SubjectAccessReview))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenReview))]
[JsonSerializable(typeof(ValidatingWebhookConfiguration))]
[JsonSerializable(typeof(Condition))]
[JsonSerializable(typeof(ListMeta))]
[JsonSerializable(typeof(ObjectKey))]
[JsonSerializable(typeof(Status))]
[JsonSerializable(typeof(ServerVersion.Info))]
[JsonSerializable(typeof(GroupList))]
[JsonSerializable(typeof(DiscoveredResourceList))]
[JsonSerializable(typeof(AggregatedGroupList))]
[JsonSerializable(typeof(ExecCredential.Answer))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonArray))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(string))]
internal sealed partial class KubernetesJsonContext : JsonSerializerContext;
