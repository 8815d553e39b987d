using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>Tells the API server which writes to ask about, and where.</summary>
internal static class WebhookConfigurations
{
    /// <summary>Path of the mutating half.</summary>
    public const string MutatePath = "/admission/mutate";

    /// <summary>Path of the validating half.</summary>
    public const string ValidatePath = "/admission/validate";

    /// <summary>How long the API server waits for an answer.</summary>
    public const int TimeoutSeconds = 5;

    // A write that nobody could stamp or check is refused: an unstamped decision would be worth nothing, and an unchecked one too much.
    private const string FailurePolicy = "Fail";

    private static readonly (string Name, string Resource)[] Kinds =
    [
        ("approvals", "runbookapprovals"), ("executions", "runbookexecutions"), ("incidents", "incidents"),
    ];

    /// <summary>Creates or changes both configurations; where nothing differs nothing is written.</summary>
    public static async Task ApplyAsync(IKubernetesClient client, AdmissionOptions options, byte[] caBundle, CancellationToken cancellationToken)
    {
        var apply = new ApplyOptions(Names.FieldManager);
        await client.ApplyAsync(Mutating(options, caBundle), apply, cancellationToken);
        await client.ApplyAsync(Validating(options, caBundle), apply, cancellationToken);
    }

    /// <summary>The configuration of the mutating half.</summary>
    public static MutatingWebhookConfiguration Mutating(AdmissionOptions options, byte[] caBundle) => new()
    {
        ApiVersion = MutatingWebhookConfiguration.Definition.ApiVersion,
        Kind = MutatingWebhookConfiguration.Definition.Kind,
        Metadata = new ObjectMeta { Name = options.Name },

        // Asked again after other webhooks have changed the object: what they change in a sealed decision is refused, the rest is stamped anew.
        Webhooks = [.. Kinds.Select(kind => Webhook(kind, options, caBundle, MutatePath) with { ReinvocationPolicy = "IfNeeded" })],
    };

    /// <summary>The configuration of the validating half.</summary>
    public static ValidatingWebhookConfiguration Validating(AdmissionOptions options, byte[] caBundle) => new()
    {
        ApiVersion = ValidatingWebhookConfiguration.Definition.ApiVersion,
        Kind = ValidatingWebhookConfiguration.Definition.Kind,
        Metadata = new ObjectMeta { Name = options.Name },
        Webhooks = [.. Kinds.Select(kind => Webhook(kind, options, caBundle, ValidatePath))],
    };

    private static AdmissionWebhook Webhook((string Name, string Resource) kind, AdmissionOptions options, byte[] caBundle, string path) => new()
    {
        Name = $"{kind.Name}.{Names.Group}",
        ClientConfig = options.Url is { } url
            ? new WebhookClientConfig { Url = new Uri(url, path).AbsoluteUri, CaBundle = caBundle }
            : new WebhookClientConfig
            {
                Service = new WebhookServiceReference(options.Namespace, options.Service, path, options.ServicePort),
                CaBundle = caBundle,
            },
        Rules =
        [
            new RuleWithOperations
            {
                Operations = [Stamper.Create, Stamper.Update],
                ApiGroups = [Names.Group],
                ApiVersions = [Names.Version],
                Resources = [kind.Resource],
                Scope = "Namespaced",
            },
        ],
        NamespaceSelector = options.NamespaceSelector,
        FailurePolicy = FailurePolicy,
        MatchPolicy = "Equivalent",
        SideEffects = "None",
        TimeoutSeconds = TimeoutSeconds,
        AdmissionReviewVersions = ["v1"],
    };
}
