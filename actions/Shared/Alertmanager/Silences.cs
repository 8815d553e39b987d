using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>A silence of one attempt.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Matchers">Its matchers, as text, in order.</param>
/// <param name="EndsAt">When it ends.</param>
internal sealed record Silence(string Id, string Matchers, DateTimeOffset? EndsAt);

/// <summary>The silences of an Alertmanager (its API v2). They carry the attempt that made them in their comment: it is all of a silence that is
/// ours to write.</summary>
internal sealed class Silences(OutsideApi api)
{
    private const string Expired = "expired";

    /// <summary>The comment of a silence of an attempt: why, which attempt, which run.</summary>
    public static string Comment(string text, ActionContext context) =>
        $"{Variables.Clean(text, Limits.Line)} ({Marked(context.AttemptId)}, run {new NamespacedName(context.Namespace, context.Run?.Name ?? "-")})";

    /// <summary>Silences of an attempt that have not ended.</summary>
    /// <exception cref="EgressException">There is no answer that tells.</exception>
    public async Task<IReadOnlyList<Silence>> FindAsync(string mark, CancellationToken cancellationToken)
    {
        var answer = await api.SendAsync(HttpMethod.Get, "api/v2/silences", null, cancellationToken);
        if (!answer.IsSuccess || answer.Ending != EgressEnding.Whole || OutsideApi.TryParse(answer) is not JsonArray all)
        {
            throw new EgressException(EgressFailure.NoAnswer, $"{api} did not tell its silences: it answered {answer.Status}");
        }

        return [.. all.OfType<JsonNode>().Where(one => IsOf(one, mark)).Select(one => new Silence(one.Text("id") ?? "", Matchers(one), one.Time("endsAt")))];
    }

    /// <summary>Makes a silence.</summary>
    /// <returns>What was answered.</returns>
    /// <exception cref="EgressException">There is no answer.</exception>
    public Task<EgressAnswer> CreateAsync(
        IReadOnlyList<Matcher> matchers, DateTimeOffset startsAt, DateTimeOffset endsAt, string comment, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Post, "api/v2/silences", new JsonObject
        {
            ["matchers"] = new JsonArray([.. matchers.Select(Json)]),
            ["startsAt"] = startsAt.UtcDateTime.ToString("O"),
            ["endsAt"] = endsAt.UtcDateTime.ToString("O"),
            ["createdBy"] = Names.FieldManager,
            ["comment"] = comment,
        }, cancellationToken);

    /// <summary>Ends a silence.</summary>
    /// <exception cref="EgressException">There is no answer.</exception>
    public Task<EgressAnswer> ExpireAsync(Silence silence, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Delete, "api/v2/silence/" + Uri.EscapeDataString(silence.Id), null, cancellationToken);

    /// <summary>Matchers as text, whatever their order was.</summary>
    public static string Text(IEnumerable<Matcher> matchers) => string.Join(',', matchers.Select(matcher => matcher.ToString()).Order(StringComparer.Ordinal));

    /// <summary>Where it is.</summary>
    public override string ToString() => api.ToString();

    private static string Marked(string mark) => $"{Names.AttemptAnnotation}: {mark}";

    private static bool IsOf(JsonNode silence, string mark) =>
        silence.Text("status", "state") != Expired && silence.Text("comment")?.Contains(Marked(mark) + ",", StringComparison.Ordinal) == true;

    private static JsonNode Json(Matcher matcher) => new JsonObject
    {
        ["name"] = matcher.Name,
        ["value"] = matcher.Value,
        ["isRegex"] = matcher.Operator is MatchOperator.Match or MatchOperator.NotMatch,
        ["isEqual"] = matcher.Operator is MatchOperator.Equal or MatchOperator.Match,
    };

    // An older Alertmanager says nothing of isEqual: then it is so.
    private static string Matchers(JsonNode silence) => string.Join(',', silence.Items("matchers").Select(matcher =>
    {
        var sign = (matcher.At("isEqual") is null || matcher.Flag("isEqual"), matcher.Flag("isRegex")) switch
        {
            (true, false) => "=",
            (false, false) => "!=",
            (true, true) => "=~",
            _ => "!~",
        };
        var text = matcher.Text("name") + sign + '"' + (matcher.Text("value") ?? "").Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + '"';
        return Matcher.TryParse(text, out var read, out _) ? read.ToString() : text;
    }).Order(StringComparer.Ordinal));
}
