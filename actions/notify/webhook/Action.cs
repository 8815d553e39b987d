using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>notify/webhook: tells people something through a channel of the namespace.</summary>
internal sealed class WebhookAction(ActionServices services) : OutsideChange(new ActionDeclaration(
    "notify/webhook",
    "Tells people something through a channel of the namespace.",
    ChangesState: true,
    [
        new(Channel, ActionInputType.Text, "A Secret in the run's namespace with the label runbooks.dev/channel: webhook and the key url. Holds no variable.", Required: true),
        new(Message, ActionInputType.Text, "What to say.", Required: true),
    ]))
{
    /// <summary>The value of <see cref="Names.ChannelLabel"/> that makes a Secret such a channel.</summary>
    public const string Kind = "webhook";

    private const string Channel = "channel";
    private const string Message = "message";

    protected override string Undo => "A message that was sent cannot be taken back.";

    protected override (RiskLevel Risk, IReadOnlyList<string> Reasons) Judge(ActionInputs inputs) =>
        (RiskLevel.Caution, ["sends a message out of the cluster"]);

    protected override string Touches(ActionInputs inputs) => Sentence($"channel {inputs.Text(Channel)}");

    protected override void CheckInputs(ActionInputs inputs)
    {
        if (inputs.Written.IsOpen(Channel) || !ObjectNames.IsSubdomain(inputs.Required(Channel)))
        {
            throw new ActionException($"the input {Channel} must be the name of a Secret, without variables");
        }
    }

    protected override string Would(ActionContext context) => $"{Touches(context.Inputs)} told: {Sentence(context.Inputs.Required(Message))}\n";

    protected override async Task<ActionOutcome> ActAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var name = context.Inputs.Required(Channel);
        var secret = await context.Client.FindAsync<Secret>(new NamespacedName(context.Namespace, name), cancellationToken)
            ?? throw new ActionException($"there is no Secret {name}");
        var outcome = await HttpSend.SendAsync(context, services.Egress, Request(context, secret), isSafe: false, cancellationToken);
        return outcome switch
        {
            // What a chat answers is nobody's business here.
            ActionOutcome.Succeeded => new ActionOutcome.Succeeded($"{Touches(context.Inputs)} told\n"),
            ActionOutcome.Failed failed => new ActionOutcome.Failed(failed.Message),
            _ => outcome,
        };
    }

    private static EgressRequest Request(ActionContext context, Secret secret)
    {
        var name = secret.Metadata.Name;
        if (secret.Metadata.Labels?.GetValueOrDefault(Names.ChannelLabel) != Kind)
        {
            throw new ActionException($"the Secret {name} does not carry the label {Names.ChannelLabel}: {Kind}, so it is no channel");
        }

        // The address is often the credential itself: what is wrong with it is told, never it.
        if (!Uri.TryCreate(Credential.Text(secret, "url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
        {
            throw new ActionException($"url in the Secret {name} is not an address such as https://example.com/hook");
        }

        var credential = Credential.Of(secret);
        return new EgressRequest(HttpMethod.Post, url)
        {
            Headers = [KeyValuePair.Create(HttpSend.IdempotencyKey, $"\"{context.AttemptId}\""), .. credential.Headers],
            Authorities = credential.Authorities,
            Body = JsonSerializer.SerializeToUtf8Bytes<JsonNode>(new JsonObject
            {
                ["text"] = context.Inputs.Required(Message),
                ["namespace"] = context.Namespace,
                ["run"] = context.Run?.Name,
                ["attempt"] = context.AttemptId,
            }),
        };
    }
}
