using System.Text;

namespace RunbookOperator.Executions;

/// <summary>The end of a text, bounded in bytes.</summary>
internal static class Utf8Tail
{
    /// <summary>At most the last <paramref name="maximum"/> UTF-8 bytes of <paramref name="text"/>, without half a character.</summary>
    public static string Of(string text, int maximum)
    {
        var start = text.Length;
        var bytes = 0;
        while (start > 0)
        {
            var width = start > 1 && char.IsLowSurrogate(text[start - 1]) && char.IsHighSurrogate(text[start - 2]) ? 2 : 1;
            var size = Encoding.UTF8.GetByteCount(text.AsSpan(start - width, width));
            if (bytes + size > maximum)
            {
                break;
            }

            bytes += size;
            start -= width;
        }

        return text[start..];
    }
}
