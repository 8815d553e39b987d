using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Runs;

/// <summary>The policy that stops everything. Git does not know it, so no sync lifts it.</summary>
internal static class StopPolicy
{
    private const string Nobody = "somebody";

    // authentication.k8s.io/v1, served since Kubernetes 1.28.
    private static readonly ResourceDefinition SelfSubjectReview =
        new("authentication.k8s.io", "v1", "SelfSubjectReview", "selfsubjectreviews", Namespaced: false);

    /// <summary>The policy <c>stop-USER-TIME</c>, the time in UTC. Of the user's name stays what an object's name may hold.</summary>
    public static RunbookPolicy Of(string ns, string? user, DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var word = Word(user);
        var longest = Limits.Label - "stop--".Length - time.Length;
        word = word.Length > longest ? word[..longest].TrimEnd('-') : word;
        return new RunbookPolicy
        {
            Metadata = new ObjectMeta { Name = $"stop-{word}-{time}", Namespace = ns },
            Spec = new RunbookPolicySpec { Suspend = true },
        };
    }

    /// <summary>Who the cluster says one is; before Kubernetes 1.28 who the machine says one is; null if neither says. Nothing depends on it.</summary>
    public static async Task<string?> UserAsync(ClusterSession session, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        try
        {
            var review = await session.Client.CreateAsync(SelfSubjectReview, [], null, cancellationToken);
            if (review["status"]?["userInfo"]?["username"] is JsonValue name && name.TryGetValue<string>(out var user))
            {
                return user;
            }
        }
        catch (ApiException)
        {
            // It is a name for people; the policy must not wait for it.
        }

        return environment("USER") ?? environment("USERNAME");
    }

    private static string Word(string? user)
    {
        var word = new StringBuilder();
        foreach (var letter in user ?? "")
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                word.Append(char.ToLowerInvariant(letter));
            }
            else if (word.Length > 0 && word[^1] != '-')
            {
                word.Append('-');
            }
        }

        var trimmed = word.ToString().TrimEnd('-');
        return trimmed.Length > 0 ? trimmed : Nobody;
    }
}
