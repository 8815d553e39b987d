using System.Globalization;

namespace RunbookOperator.Risk.Languages.Redis;

/// <summary>A word of a Redis command: what it is, where it stands, and whether the text is all of it.</summary>
internal sealed record RedisWord(string Text, TextSpan Span, bool IsLiteral = true);

/// <summary>Says what Redis commands do. Commands are not case-sensitive; a command or subcommand that is not plain text is unknown.</summary>
internal static class RedisReader
{
    /// <summary>Judges one command, given as the words that redis-cli sends.</summary>
    public static IReadOnlyList<CodeFinding> Read(IReadOnlyList<RedisWord> words)
    {
        var findings = new CodeFindings();
        Judge(words, findings);
        return findings.All;
    }

    /// <summary>Judges commands as redis-cli reads them from standard input: one on each line, words in quotes or without.</summary>
    public static IReadOnlyList<CodeFinding> ReadLines(string text)
    {
        var findings = new CodeFindings();
        var start = 0;
        while (start < text.Length)
        {
            var end = text.AsSpan(start).IndexOfAny('\n', '\r');
            end = end < 0 ? text.Length : start + end;
            if (RedisLine.Split(text, start, end) is { } words)
            {
                Judge(words, findings);
            }
            else
            {
                findings.Add("redis.unknown", TextSpan.FromTo(start, end), text[start..end]);
            }

            start = end + 1;
        }

        return findings.All;
    }

    private static void Judge(IReadOnlyList<RedisWord> words, CodeFindings findings)
    {
        // A number first repeats what follows, in lines as in prompts.
        if (words is [{ IsLiteral: true } count, _, ..] && int.TryParse(count.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            words = [.. words.Skip(1)];
        }

        if (words.Count == 0)
        {
            return;
        }

        var command = words[0].IsLiteral ? words[0].Text.ToLowerInvariant() : "";
        var subcommand = words.Count > 1 && words[1].IsLiteral ? words[1].Text.ToLowerInvariant() : "";
        var span = TextSpan.FromTo(words[0].Span.Start, words[^1].Span.End);
        if (RedisTable.Find(command, subcommand) is not var (rule, taken, form))
        {
            findings.Add("redis.unknown", words[0].Span, words[0].Text);
            return;
        }

        var arguments = words.Skip(taken).ToList();
        var name = string.Join(' ', words.Take(taken).Select(word => word.Text));
        findings.Add(form is null ? rule : ByForm(form, rule, arguments), span, name);
    }

    private static string ByForm(string form, string rule, List<RedisWord> arguments) => form switch
    {
        "@config-get" => arguments.Count == 0 || arguments.Exists(MeetsSecret) ? "redis.secret" : "redis.read",
        "@config-set" => IsHarmlessSetting(arguments) ? "redis.setting" : rule,
        "@sort" => arguments.Skip(1).All(word => word.IsLiteral && !Is(word, "store") && !Is(word, "storedist")) ? "redis.read" : "redis.write",
        // A time that has passed deletes the key at once.
        "@expire" => arguments.Count > 1 && arguments[1].IsLiteral && long.TryParse(arguments[1].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? rule : "redis.delete",
        "@getex" => arguments.Count == 1 ? "redis.read" : rule,
        "@copy" => arguments.TrueForAll(word => word.IsLiteral && !Is(word, "replace")) ? rule : "redis.delete",
        "@hello" => arguments.TrueForAll(word => word.IsLiteral && !Is(word, "auth")) ? rule : "redis.secret",
        "@acl-log" => arguments.Exists(word => Is(word, "reset")) ? rule : "redis.read",
        _ => throw new InvalidOperationException($"The table names {form}, which nothing reads."),
    };

    private static bool Is(RedisWord word, string text) => word.Text.Equals(text, StringComparison.OrdinalIgnoreCase);

    private static bool IsHarmlessSetting(List<RedisWord> arguments)
    {
        for (var index = 0; index < arguments.Count; index += 2)
        {
            if (!arguments[index].IsLiteral || !RedisTable.IsHarmless(arguments[index].Text.ToLowerInvariant()))
            {
                return false;
            }
        }

        return arguments.Count > 0;
    }

    private static bool MeetsSecret(RedisWord pattern)
    {
        var text = pattern.Text.ToLowerInvariant();
        return !pattern.IsLiteral || RedisTable.Secrets.Any(secret => Meets(text, secret));
    }

    /// <summary>
    /// Whether a pattern can meet <paramref name="name"/>: everything before its first wild character and behind its last must fit. It
    /// may say yes too often, never no.
    /// </summary>
    private static bool Meets(string pattern, string name)
    {
        var first = pattern.AsSpan().IndexOfAny("*?[\\");
        if (first < 0)
        {
            return pattern == name;
        }

        var last = pattern.AsSpan().LastIndexOfAny("*?]\\");
        var ending = last >= first ? pattern[(last + 1)..] : "";
        return name.StartsWith(pattern[..first], StringComparison.Ordinal) && (ending.Length <= 1 || name.EndsWith(ending[1..], StringComparison.Ordinal));
    }
}
