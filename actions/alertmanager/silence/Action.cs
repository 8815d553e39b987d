using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>alertmanager/silence: keeps Alertmanager from telling of certain alerts for some time.</summary>
internal sealed class SilenceAction(ActionServices services) : OutsideChange(new ActionDeclaration(
    "alertmanager/silence",
    "Keeps Alertmanager from telling of certain alerts for some time.",
    ChangesState: true,
    [
        .. Endpoint.Inputs,
        Credential.Input,
        new(Matchers, ActionInputType.Text, "Which alerts: matchers in Alertmanager's syntax with commas between them.", Required: true),
        new(Length, ActionInputType.Duration, "For how long, from 1m to 24h.", Required: true),
        new(CommentInput, ActionInputType.Text, "Why. Run and attempt are added.", Required: true),
    ]))
{
    /// <summary>The longest silence: who needs more looks again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>The shortest silence.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    private const string Matchers = "matchers";
    private const string Length = "duration";
    private const string CommentInput = "comment";

    protected override string Undo => "Expire the silence.";

    protected override bool CanUndo => true;

    protected override (RiskLevel Risk, IReadOnlyList<string> Reasons) Judge(ActionInputs inputs)
    {
        const string Silences = "nobody is told of these alerts while it lasts";
        var parts = MatcherList.Parts(inputs.Required(Matchers)).ToList();

        // What says which alert is meant: a label with one value, whichever that is. Further matchers only narrow it.
        var names = parts.Exists(part => part.IsOpen ? IsOneValue(part.Text) : Matcher.TryParse(part.Text, out var matcher, out _) && Names(matcher));
        return (names, parts.Exists(part => part.IsOpen)) switch
        {
            (false, _) => (RiskLevel.Dangerous, ["no matcher names one value of a label: it could silence every alert", Silences]),
            (_, true) => (RiskLevel.Caution, ["which alerts is not known before the run", Silences]),
            _ => (RiskLevel.Caution, [Silences]),
        };
    }

    protected override string Touches(ActionInputs inputs) => Sentence($"{Endpoint.Title(inputs)}: silence {inputs.Text(Matchers)}");

    protected override void CheckInputs(ActionInputs inputs)
    {
        Endpoint.Check(inputs);
        Credential.Check(inputs);
        if (!inputs.IsOpen(Matchers))
        {
            MatcherList.Parse(Matchers, inputs.Required(Matchers));
        }

        if (!inputs.IsOpen(Length) && (inputs.Time(Length) < Shortest || inputs.Time(Length) > Longest))
        {
            throw new ActionException($"the input {Length} must be from {Api.Duration.Of(Shortest)} to {Api.Duration.Of(Longest)}");
        }
    }

    protected override string Would(ActionContext context) => $"alerts with {context.Inputs.Text(Matchers)} silenced for {context.Inputs.Text(Length)}\n";

    protected override async Task<ActionOutcome> ActAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var silences = await ConnectAsync(context, cancellationToken);
        var mayHave = context.MayHaveActed;
        for (var send = 1; ; send++)
        {
            try
            {
                if (await silences.FindAsync(context.AttemptId, cancellationToken) is [var found, ..])
                {
                    return Done(context, found.Id, found.EndsAt);
                }

                var outcome = await CreateAsync(context, silences, cancellationToken);
                if (outcome is not null)
                {
                    return outcome;
                }

                mayHave = true;
            }
            catch (EgressException exception)
            {
                mayHave |= exception.Failure == EgressFailure.NoAnswer;
                if (exception.Failure != EgressFailure.NoAnswer || send == GuardedPatch.MaximumSends)
                {
                    var message = Sentence($"{(mayHave ? "whether the alerts are silenced is not known" : "the alerts were not silenced")}: {exception.Message}");
                    return mayHave ? new ActionOutcome.Unknown(message) : new ActionOutcome.Failed(message);
                }
            }

            if (send == GuardedPatch.MaximumSends)
            {
                return new ActionOutcome.Unknown($"whether the alerts are silenced is not known: {silences} fails");
            }
        }
    }

    protected override async Task<string?> DriftAsync(ActionContext context, string mark, CancellationToken cancellationToken)
    {
        var silences = await ConnectAsync(context, cancellationToken);
        var wanted = Silences.Text(MatcherList.Parse(Matchers, context.Inputs.Required(Matchers)));
        return (await silences.FindAsync(mark, cancellationToken)).FirstOrDefault(found => found.Matchers != wanted) is { } other
            ? Sentence($"somebody has changed the silence {other.Id} since: it is for {other.Matchers}")
            : null;
    }

    protected override async Task<ActionOutcome> UndoAsync(ActionContext context, string mark, CancellationToken cancellationToken)
    {
        try
        {
            var silences = await ConnectAsync(context, cancellationToken);
            var found = await silences.FindAsync(mark, cancellationToken);
            if (found.Count == 0)
            {
                return new ActionOutcome.Succeeded("the silence had ended already\n");
            }

            if (context.DryRun)
            {
                return new ActionOutcome.Succeeded(DryRuns.Would($"silence {found[0].Id} expired\n"));
            }

            foreach (var silence in found)
            {
                await silences.ExpireAsync(silence, cancellationToken);
            }

            return (await silences.FindAsync(mark, cancellationToken)).Count == 0
                ? new ActionOutcome.Succeeded(string.Concat(found.Select(silence => $"silence {silence.Id} expired\n")))
                : new ActionOutcome.Failed($"{silences} did not expire the silence {found[0].Id}");
        }
        catch (EgressException exception)
        {
            // Expiring what has expired changes nothing: it may be asked for again.
            return new ActionOutcome.Failed(Sentence($"the silence was perhaps not expired: {exception.Message}"));
        }
    }

    private async Task<ActionOutcome?> CreateAsync(ActionContext context, Silences silences, CancellationToken cancellationToken)
    {
        var matchers = MatcherList.Parse(Matchers, context.Inputs.Required(Matchers));
        var endsAt = context.Now + context.Inputs.Time(Length)!.Value;
        var comment = Silences.Comment(context.Inputs.Required(CommentInput), context);
        var answer = await silences.CreateAsync(matchers, context.Now, endsAt, comment, cancellationToken);
        var json = OutsideApi.TryParse(answer);
        return answer switch
        {
            { IsSuccess: true } => Done(context, json.Text("silenceID") ?? "", endsAt),
            { Status: < 500 } => new ActionOutcome.Failed(Sentence($"{silences} answered {answer.Status}{OutsideApi.Error(json)}")),
            _ => null,
        };
    }

    private async Task<Silences> ConnectAsync(ActionContext context, CancellationToken cancellationToken) =>
        new(await OutsideApi.ConnectAsync(context, services.Egress, isSafe: false, cancellationToken));

    private static ActionOutcome.Succeeded Done(ActionContext context, string id, DateTimeOffset? endsAt) =>
        new(Variables.Clean($"silence {id} until {endsAt?.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} for {context.Inputs.Text(Matchers)}", Limits.Paragraph) + "\n");

    private static bool Names(Matcher matcher) => matcher.Operator == MatchOperator.Equal && matcher.Value.Length > 0;

    // `service="${service}"`: with any value it is one value, or an empty one, which is judged when it is known.
    private static bool IsOneValue(string text)
    {
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        return sign > 0 && text[sign - 1] != '!' && sign + 1 < text.Length && text[sign + 1] != '~' && !Variables.NamesIn(text[..sign]).Any();
    }
}
