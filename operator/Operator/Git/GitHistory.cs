using System.Text;

namespace RunbookOperator.Git;

/// <summary>Reads what <c>git diff-tree --stdin -r -z --raw</c> prints for a list of commits, newest first.</summary>
internal static class GitHistory
{
    /// <summary>For each path the newest commit that touched it. The output is <c>commit NUL</c>, then for each path <c>:modes and ids NUL path
    /// NUL</c>, as git-diff-tree(1) describes it: a path can look like anything, so it is told by its place.</summary>
    public static Dictionary<string, string> LastChanges(ReadOnlySpan<byte> output)
    {
        var changes = new Dictionary<string, string>(StringComparer.Ordinal);
        var commit = "";
        var pathFollows = false;
        foreach (var range in output.Split((byte)0))
        {
            var token = output[range];
            if (pathFollows)
            {
                changes.TryAdd(Encoding.UTF8.GetString(token), commit);
                pathFollows = false;
            }
            else if (!token.IsEmpty && token[0] == (byte)':')
            {
                pathFollows = true;
            }
            else if (!token.IsEmpty)
            {
                commit = Encoding.ASCII.GetString(token);
            }
        }

        return changes;
    }
}
