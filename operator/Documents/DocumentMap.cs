using System.Runtime.InteropServices;

namespace RunbookOperator.Documents;

/// <summary>A place in a file.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 units.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DocumentPosition(int Line, int Column);

/// <summary>Where the fields of an object stand in its file, by path such as <c>spec.steps[2].run</c>.</summary>
public sealed class DocumentMap
{
    private readonly Dictionary<string, DocumentPosition> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DocumentPosition> _keys = new(StringComparer.Ordinal);
    private readonly DocumentPosition _start;

    /// <summary>For an object that comes from no file.</summary>
    public static DocumentMap Empty { get; } = new(default);

    internal DocumentMap(DocumentPosition start) => _start = start;

    /// <summary>Where the value of a field stands; for a field that is not there, the nearest one around it that is.</summary>
    public DocumentPosition Find(string path) => Find(_values, path);

    /// <summary>Where the name of a field stands; for an entry of a list, the entry.</summary>
    public DocumentPosition FindKey(string path) => _keys.TryGetValue(path, out var position) ? position : Find(_values, path);

    internal void Add(string path, DocumentPosition? key, DocumentPosition value)
    {
        _values[path] = value;
        if (key is { } position)
        {
            _keys[path] = position;
        }
    }

    private DocumentPosition Find(Dictionary<string, DocumentPosition> positions, string path)
    {
        while (path.Length > 0)
        {
            if (positions.TryGetValue(path, out var position))
            {
                return position;
            }

            var end = path.AsSpan().LastIndexOfAny('.', '[');
            path = end < 0 ? string.Empty : path[..end];
        }

        return _start;
    }
}
