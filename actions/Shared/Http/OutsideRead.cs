using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>What all actions have in common that only read from another system: where it is, who asks, and what its silence means.</summary>
internal abstract class OutsideRead(ActionDeclaration declaration, ActionServices services) : ReadAction(declaration)
{
    /// <summary>How long after a look the next one is due.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The most bytes of JSON that are read.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    protected override string Touches(ActionInputs inputs) => Endpoint.Title(inputs);

    protected override void CheckInputs(ActionInputs inputs)
    {
        Endpoint.Check(inputs);
        Credential.Check(inputs);
    }

    protected override async Task<ActionOutcome> ReadAsync(ActionContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(context, cancellationToken);
        }
        catch (EgressException exception)
        {
            return exception.Failure == EgressFailure.Refused
                ? new ActionOutcome.Failed(Sentence(exception.Message))
                : new ActionOutcome.Pending(Sentence(exception.Message), Interval);
        }
    }

    /// <summary>Asks and judges.</summary>
    protected abstract Task<ActionOutcome> AskAsync(ActionContext context, CancellationToken cancellationToken);

    /// <summary>Gets JSON; what is wrong with the answer is an outcome.</summary>
    protected async Task<(JsonNode? Json, ActionOutcome? Wrong)> GetJsonAsync(ActionContext context, string path, CancellationToken cancellationToken)
    {
        var api = await OutsideApi.ConnectAsync(context, services.Egress, isSafe: true, cancellationToken);
        var answer = await api.SendAsync(HttpMethod.Get, path, null, cancellationToken);
        return answer switch
        {
            { Ending: EgressEnding.TooLong } => (null, new ActionOutcome.Failed($"{api} answered with more than {MaximumBytes / 1024 / 1024} MiB")),
            { Ending: EgressEnding.Broken } => (null, new ActionOutcome.Pending($"{api} broke its answer off", Interval)),
            { Status: 429 or 502 or 503 or 504 } => (null, new ActionOutcome.Pending($"{api} answered {answer.Status}", Interval)),
            _ => Read(api, answer),
        };
    }

    /// <summary>The outcome of a condition that was looked at.</summary>
    /// <param name="context">A dry run does not wait.</param>
    /// <param name="holds">Whether it holds; null if none was asked for.</param>
    /// <param name="message">What was found, in one sentence.</param>
    /// <param name="output">What was found.</param>
    protected static ActionOutcome Verdict(ActionContext context, bool? holds, string message, string output) => holds switch
    {
        false when context.DryRun => new ActionOutcome.Succeeded($"dry run: would wait, {Sentence(message)}\n{output}"),
        false => new ActionOutcome.Pending(Sentence(message), Interval),
        _ => new ActionOutcome.Succeeded(output),
    };

    /// <summary>Text from elsewhere as part of a message: one line, bounded.</summary>
    protected static string Sentence(string text) => Variables.Clean(text, Limits.Message);

    private static (JsonNode? Json, ActionOutcome? Wrong) Read(OutsideApi api, EgressAnswer answer)
    {
        var json = OutsideApi.TryParse(answer);
        return answer.IsSuccess && json is not null
            ? (json, null)
            : (null, new ActionOutcome.Failed(Sentence(answer.IsSuccess ? $"{api} did not answer with JSON" : $"{api} answered {answer.Status}{OutsideApi.Error(json)}")));
    }
}
