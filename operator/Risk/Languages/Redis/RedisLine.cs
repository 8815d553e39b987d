using System.Text;

namespace RunbookOperator.Risk.Languages.Redis;

/// <summary>Splits a line as redis-cli does (<c>sdssplitargs</c>): words between spaces, double quotes with escapes, single quotes with <c>\'</c>.</summary>
internal static class RedisLine
{
    /// <summary>The words of the text from <paramref name="start"/> to <paramref name="end"/>; null if the quotes do not fit.</summary>
    public static IReadOnlyList<RedisWord>? Split(string text, int start, int end)
    {
        var words = new List<RedisWord>();
        for (var at = start; at < end; at++)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                continue;
            }

            var word = ReadWord(text, ref at, end);
            if (word is null)
            {
                return null;
            }

            words.Add(word);
        }

        return words;
    }

    private static RedisWord? ReadWord(string text, ref int at, int end)
    {
        var begin = at;
        var word = new StringBuilder();
        while (at < end && !char.IsWhiteSpace(text[at]))
        {
            if (text[at] is not ('"' or '\''))
            {
                word.Append(text[at++]);
                continue;
            }

            var close = CloseOf(text, at, end);
            if (close < 0 || (close + 1 < end && !char.IsWhiteSpace(text[close + 1])))
            {
                return null;
            }

            // An escape could spell any letter, so such a word is no plain text.
            var inside = text[(at + 1)..close];
            if (inside.Contains('\\'))
            {
                inside = "\ue001";
            }

            word.Append(inside);
            at = close + 1;
        }

        var value = word.ToString();
        return new RedisWord(value, TextSpan.FromTo(begin, at), !CodeFindings.HoldsValue(value));
    }

    private static int CloseOf(string text, int open, int end)
    {
        for (var at = open + 1; at < end; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == text[open])
            {
                return at;
            }
        }

        return -1;
    }
}
