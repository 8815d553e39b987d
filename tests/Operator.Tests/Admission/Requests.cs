using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Admission;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Operator.Tests.Admission;

/// <summary>Requests as the API server sends them, and what becomes of them.</summary>
internal static class Requests
{
    public const string Namespace = "shop";

    public const string Operator = "system:serviceaccount:runbooks:runbook-operator";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 2, 30, 15, 700, TimeSpan.Zero);

    public static readonly HmacKeys Keys = new(Enumerable.Repeat((byte)7, 32).ToArray());

    public static readonly AdmissionContext Context = new(Keys, Operator, Now);

    public static AdmissionRequest Create(string resource, JsonNode spec, string user = "riley") => Request("CREATE", resource, null, spec, user);

    public static AdmissionRequest Update(string resource, JsonNode old, JsonNode spec, string user = "riley") =>
        Request("UPDATE", resource, old, spec, user);

    /// <summary>The spec as it is after the patch of a verdict that allowed it.</summary>
    public static JsonObject Patched(JsonNode spec, AdmissionVerdict verdict)
    {
        Assert.Null(verdict.Refusal);
        var whole = new JsonObject { ["spec"] = spec.DeepClone() };
        foreach (var operation in verdict.Patch ?? [])
        {
            Assert.Equal("add", (string?)operation!["op"]);
            var path = ((string)operation["path"]!).Split('/')[1..];
            JsonNode at = whole;
            foreach (var part in path[..^1])
            {
                at = at is JsonArray list ? list[int.Parse(part)]! : at[part]!;
            }

            at[path[^1]] = operation["value"]?.DeepClone();
        }

        return whole["spec"]!.AsObject();
    }

    private static AdmissionRequest Request(string operation, string resource, JsonNode? old, JsonNode spec, string user) => new()
    {
        Uid = "7f3e",
        Operation = operation,
        Resource = new GroupVersionResource("runbooks.dev", "v1alpha1", resource),
        Namespace = Namespace,
        UserInfo = new UserInfo { Username = user, Uid = "u-" + user, Groups = ["sre", "system:authenticated"] },
        Object = Element(spec),
        OldObject = old is null ? null : Element(old),
    };

    private static JsonElement Element(JsonNode spec) => JsonSerializer.SerializeToElement(new JsonObject { ["spec"] = spec.DeepClone() });
}
