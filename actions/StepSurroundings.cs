using System.Buffers;
using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>What the environment and the image of a command say of its risk. Pure.</summary>
internal static class StepSurroundings
{
    // As in docker's reference grammar: the digest ends the reference.
    private const string DigestMark = "@sha256:";
    private const int DigestLength = 64;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>The variables whose values are bounded: not those that the environment sets to something else.</summary>
    public static IEnumerable<string> Bounded(RunbookStep step, IEnumerable<string> variables) =>
        step.Env is { } env ? variables.Where(name => !env.Exists(variable => variable.Name == name)) : variables;

    /// <summary>The verdict of a command, raised by what it runs in.</summary>
    public static StepVerdict Judge(RunbookStep step, StepVerdict verdict, IReadOnlyCollection<string> variables, IReadOnlyCollection<string> images)
    {
        List<string> dangers = [.. (step.Env ?? []).Select(variable => Why(variable, variables)).OfType<string>()];
        if (step.Image is { } image && WhyImage(image, images) is { } why)
        {
            dangers.Add(why);
        }

        return dangers.Count == 0
            ? verdict
            : verdict with { Level = RiskLevel.Dangerous, Reasons = verdict.Level == RiskLevel.Dangerous ? [.. verdict.Reasons, .. dangers] : [.. dangers, .. verdict.Reasons] };
    }

    /// <summary>Whether an image is named by its content, so that nobody can put another one in its place.</summary>
    public static bool IsByDigest(string image) =>
        image.LastIndexOf(DigestMark, StringComparison.Ordinal) is > 0 and var at
        && image.AsSpan(at + DigestMark.Length) is { Length: DigestLength } digest && !digest.ContainsAnyExcept(Hexadecimal);

    private static string? Why(EnvironmentVariable variable, IReadOnlyCollection<string> variables) =>
        variables.Contains(variable.Name) ? $"env {variable.Name} has the name of a variable"
        : variable.SecretKeyRef is not null ? RiskEnvironment.WhyDangerousFromSecret(variable.Name)
        : RiskEnvironment.WhyDangerous(variable.Name, variable.Value ?? "");

    private static string? WhyImage(string image, IReadOnlyCollection<string> images) =>
        !IsByDigest(image) ? $"the image {image} is not given by its digest: what runs can change"
        : images.Contains(image) ? null
        : $"the image {image} is in no policy's images";
}
