using System.Text;

namespace RunbookOperator.Git;

/// <summary>Reads what <c>git cat-file --batch</c> prints.</summary>
internal static class GitBlobs
{
    /// <summary>Bytes that Git prints beside each content.</summary>
    public const int Overhead = 64;

    /// <summary>The input for the command: one id a line.</summary>
    public static byte[] Request(IEnumerable<string> ids) => Encoding.ASCII.GetBytes(string.Concat(ids.Select(id => id + "\n")));

    /// <summary>Contents by id, from <c>id type size LF content LF</c>, as git-cat-file(1) describes it.</summary>
    /// <exception cref="GitException">An object that the tree names is not there.</exception>
    public static Dictionary<string, ReadOnlyMemory<byte>> Parse(ReadOnlyMemory<byte> output)
    {
        var blobs = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        while (!output.IsEmpty)
        {
            var end = output.Span.IndexOf((byte)'\n');
            var header = Encoding.ASCII.GetString(output.Span[..end]).Split(' ');
            if (header is not [var id, "blob", var digits] || !int.TryParse(digits, out var size))
            {
                throw new GitException(GitFailure.Other, "git cat-file: an object that the commit names is not in the mirror");
            }

            blobs[id] = output.Slice(end + 1, size);
            output = output[(end + 1 + size + 1)..];
        }

        return blobs;
    }
}
