using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime.Tests.Cluster;

/// <summary>A kind of which the API server lets everything through, as an older schema may have: any field may hold anything.</summary>
internal sealed record Widget : KubernetesObject, IKubernetesObject<Widget>
{
    public const string CustomResourceDefinition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.tests.runbooks.dev}
        spec:
          group: tests.runbooks.dev
          scope: Namespaced
          names: {kind: Widget, plural: widgets}
          versions:
          - name: v1
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
        """;

    public static ResourceDefinition Definition { get; } = new("tests.runbooks.dev", "v1", "Widget", "widgets");

    public WidgetSpec Spec { get; init; } = new();

    public WidgetStatus? Status { get; init; }
}

internal enum WidgetMode
{
    One,
    Two,
}

internal sealed record WidgetPart
{
    public required string Name { get; init; }
}

internal sealed record WidgetSpec
{
    public string? Text { get; init; }

    public int Count { get; init; }

    public bool Flag { get; init; }

    public DateTimeOffset? When { get; init; }

    public WidgetMode Mode { get; init; }

    public List<string>? List { get; init; }

    public Dictionary<string, string>? Map { get; init; }

    public WidgetPart? Part { get; init; }

    public List<WidgetPart>? Parts { get; init; }
}

internal sealed record WidgetStatus
{
    public List<Condition>? Conditions { get; init; }
}
