using System.Text;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>Something that happened, before it is an Event. Equal notices are one series.</summary>
internal sealed record EventNotice(ObjectReference Regarding, EventType Type, string Reason, string Action, string Note)
{
    /// <summary>The longest note, in bytes of UTF-8, as events.k8s.io/v1 allows.</summary>
    public const int MaxNoteBytes = 1024;

    private const char Ellipsis = '…';

    public NamespacedName Key => new(Regarding.Namespace ?? "", Regarding.Name ?? "");

    /// <summary>Cuts a text to <see cref="MaxNoteBytes"/>, between characters.</summary>
    public static string Cut(string note)
    {
        if (Encoding.UTF8.GetByteCount(note) <= MaxNoteBytes)
        {
            return note;
        }

        var room = MaxNoteBytes - new Rune(Ellipsis).Utf8SequenceLength;
        var cut = new StringBuilder();
        foreach (var rune in note.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            cut.Append(rune.ToString());
        }

        return cut.Append(Ellipsis).ToString();
    }
}
