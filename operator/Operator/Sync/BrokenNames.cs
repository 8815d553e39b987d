using System.Buffers;
using System.Text;
using RunbookOperator.Api;

namespace RunbookOperator.Sync;

/// <summary>Names that broken files seem to give. A runbook whose file was moved and broken at once is not taken for deleted. A name too many
/// only keeps a runbook a little longer.</summary>
internal static class BrokenNames
{
    private static readonly SearchValues<byte> Ends = SearchValues.Create(" \t\"',}#"u8);

    /// <summary>What stands behind <c>name:</c> at the begin of a line.</summary>
    public static HashSet<string> In(IEnumerable<ReadOnlyMemory<byte>> contents)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var content in contents)
        {
            foreach (var line in content.Span.Split((byte)'\n'))
            {
                var text = content.Span[line].TrimStart(" -{"u8);
                if (!text.StartsWith("name:"u8))
                {
                    continue;
                }

                var value = text["name:"u8.Length..].Trim(" \t\r\"'"u8);
                var end = value.IndexOfAny(Ends);
                value = end < 0 ? value : value[..end];
                if (value.Length is > 0 and <= Limits.Name)
                {
                    names.Add(Encoding.UTF8.GetString(value));
                }
            }
        }

        return names;
    }
}
