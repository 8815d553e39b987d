using System.Runtime.InteropServices;

namespace RunbookOperator.Risk;

/// <summary>A place in the text of a command.</summary>
/// <param name="Start">Offset of the first character, in UTF-16 units.</param>
/// <param name="Length">Number of UTF-16 units; may be zero at the end of the text.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The offset just behind the last character.</summary>
    public int End => Start + Length;

    internal static TextSpan FromTo(int start, int end) => new(start, Math.Max(0, end - start));
}
