using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>The author of a decision, from the authenticated request, within the bounds of the schema.</summary>
internal static class ApprovalAuthor
{
    /// <summary>Takes over who it is. Not sealed yet.</summary>
    /// <param name="user">The user as the API server knows it.</param>
    /// <param name="now">When the request came; kept in whole seconds, as it is stored.</param>
    /// <param name="author">The author.</param>
    /// <param name="problem">Why there is none.</param>
    public static bool TryOf(UserInfo user, DateTimeOffset now, [NotNullWhen(true)] out ApprovalUser? author, [NotNullWhen(false)] out string? problem)
    {
        author = null;
        problem = Problem(user);
        if (problem is not null)
        {
            return false;
        }

        author = new ApprovalUser
        {
            Username = user.Username!,
            Uid = string.IsNullOrEmpty(user.Uid) ? null : user.Uid,
            Groups = Groups(user.Groups),
            Extra = user.Extra is { Count: > 0 } extra ? extra : null,
            At = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()),
            Seal = "",
        };
        return true;
    }

    /// <summary>Whether <paramref name="author"/> is this user, whenever it decided.</summary>
    public static bool Is(UserInfo user, ApprovalUser author) =>
        TryOf(user, author.At, out var same, out _) && Specs.AreEqual(Node(same with { Seal = author.Seal }), Node(author));

    private static JsonNode? Node(ApprovalUser user) => JsonSerializer.SerializeToNode(user, KubernetesJson.Options);

    private static string? Problem(UserInfo user)
    {
        if (string.IsNullOrEmpty(user.Username))
        {
            return "the API server does not say who you are";
        }

        if (user.Username.Length > Limits.Line || user.Uid?.Length > Limits.Line)
        {
            return $"your user name or uid has more than {Limits.Line} characters; decide as another user";
        }

        var extra = user.Extra ?? [];
        return extra.Count > Limits.UserExtra
            || extra.Values.Any(values => values.Count > Limits.UserExtra || values.Exists(value => value.Length > Limits.Value))
            ? $"your login carries more than {Limits.UserExtra} attributes, or values of more than {Limits.Value} characters; decide as another user"
            : null;
    }

    // A group that is left out can only take rights away, so the decision counts for less, never for more.
    private static List<string>? Groups(List<string>? groups) =>
        groups is { Count: > 0 } ? [.. groups.Where(group => group.Length <= Limits.Line).Take(Limits.UserGroups)] : null;
}
