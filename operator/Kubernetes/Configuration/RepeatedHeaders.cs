using System.Text;

namespace RunbookOperator.Kubernetes;

/// <summary>Headers of impersonation with several values. .NET writes the values of a header in one line, with commas between; the API server
/// takes such a line for one value, a group by the name of <c>a, b</c>. So the values are marked here, and become lines of their own in
/// <see cref="RepeatedHeaderStream"/>.</summary>
internal static class RepeatedHeaders
{
    // Not in any value: Impersonation refuses control characters.
    private const char Marker = '\u0001';
    private const string Prefix = "Impersonate-";

    /// <summary>Marks a request. False if it needs none.</summary>
    public static bool Mark(HttpRequestMessage request)
    {
        string[] names = [.. request.Headers.NonValidated
            .Where(header => header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && (header.Value.Count > 1 || IsMarked(header.Value)))
            .Select(header => header.Key)];
        foreach (var name in names)
        {
            var joined = string.Join(Marker, request.Headers.NonValidated[name]);
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, joined);
        }

        return names.Length > 0;
    }

    /// <summary>Writes a marked head as it was meant.</summary>
    /// <param name="head">The lines of a request, each with its end.</param>
    public static byte[] Unmark(ReadOnlySpan<byte> head)
    {
        var lines = Encoding.Latin1.GetString(head).Split("\r\n").SelectMany(Unmark);
        return Encoding.Latin1.GetBytes(string.Join("\r\n", lines));
    }

    // A request that is sent a second time has its marks already.
    private static bool IsMarked(IEnumerable<string> values) => values.Any(value => value.Contains(Marker, StringComparison.Ordinal));

    private static IEnumerable<string> Unmark(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return line.Contains(Marker, StringComparison.Ordinal) && colon > 0
            ? line[(colon + 1)..].Split(Marker).Select(value => $"{line[..colon]}: {value.Trim()}")
            : [line];
    }
}
