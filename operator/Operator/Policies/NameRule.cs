namespace RunbookOperator.Policies;

/// <summary>What one policy says of names.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Allows">Whether only these are allowed; else these are denied.</param>
/// <param name="Patterns">Names, in which a star stands for any text.</param>
public sealed record NameRule(string Policy, bool Allows, IReadOnlyList<string> Patterns)
{
    /// <summary>Whether it lets the name through.</summary>
    public bool LetsThrough(string name) => Patterns.Any(pattern => Matches(pattern, name)) == Allows;

    /// <summary>Whether a name is what a pattern says: its pieces between the stars, in order, the first at the beginning and the last at the
    /// end. In linear time for each star.</summary>
    internal static bool Matches(string pattern, string name)
    {
        var pieces = pattern.Split('*');
        if (pieces.Length == 1)
        {
            return pattern == name;
        }

        var (first, last) = (pieces[0], pieces[^1]);
        if (name.Length < first.Length + last.Length || !name.StartsWith(first, StringComparison.Ordinal) || !name.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        var (at, end) = (first.Length, name.Length - last.Length);
        foreach (var piece in pieces[1..^1])
        {
            var found = name.AsSpan(at, end - at).IndexOf(piece, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at += found + piece.Length;
        }

        return true;
    }
}
