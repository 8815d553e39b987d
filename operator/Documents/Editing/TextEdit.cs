using System.Runtime.InteropServices;
using System.Text;

namespace RunbookOperator.Documents.Editing;

/// <summary>Text to be put in the place of other text.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextEdit(int Offset, int Length, string Text)
{
    /// <summary>Applies edits that do not overlap.</summary>
    public static string Apply(string source, IEnumerable<TextEdit> edits)
    {
        var result = new StringBuilder(source);
        foreach (var edit in edits.OrderByDescending(edit => edit.Offset))
        {
            result.Remove(edit.Offset, edit.Length).Insert(edit.Offset, edit.Text);
        }

        return result.ToString();
    }
}
