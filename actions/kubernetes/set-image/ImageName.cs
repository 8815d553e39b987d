using System.Buffers;

namespace RunbookOperator.Actions;

/// <summary>What a container runtime takes as an image: registry, path, tag and digest. Pure.</summary>
internal static class ImageName
{
    /// <summary>The longest image.</summary>
    public const int MaximumLength = 512;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/:@");

    /// <summary>Whether <paramref name="text"/> can be an image. The API server takes anything; a slip would only be seen when no pod starts.</summary>
    public static bool IsImage(string text) =>
        text.Length is > 0 and <= MaximumLength && !text.AsSpan().ContainsAnyExcept(Characters) && char.IsAsciiLetterOrDigit(text[0])
        && char.IsAsciiLetterOrDigit(text[^1]) && !text.Contains("//", StringComparison.Ordinal) && !text.Contains("::", StringComparison.Ordinal)
        && text.Count(c => c == '@') <= 1;

    /// <summary>What the text leaves open about what will run, or null if a digest says it.</summary>
    public static string? Open(string image)
    {
        if (image.Contains('@', StringComparison.Ordinal))
        {
            return null;
        }

        var tag = image.LastIndexOf(':') is var colon && colon > image.LastIndexOf('/') ? image[(colon + 1)..] : "latest";
        return tag == "latest" ? "the image is the latest one, whatever that is when a pod starts" : $"the tag {tag} may name another image tomorrow; a digest would not";
    }
}
