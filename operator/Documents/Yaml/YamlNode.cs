using System.Runtime.InteropServices;

namespace RunbookOperator.Documents.Yaml;

/// <summary>A place in a text: line and column from 1, offset from 0, in UTF-16 units.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct YamlMark(int Line, int Column, int Offset)
{
    public DocumentPosition Position => new(Line, Column);
}

/// <summary>How a scalar is written.</summary>
internal enum YamlStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

/// <summary>A value and where it stands. <see cref="End"/> is the offset just behind it; comments behind it are not part of it.</summary>
internal abstract class YamlNode
{
    public required YamlMark Start { get; init; }

    public int End { get; set; }
}

internal sealed class YamlScalar : YamlNode
{
    public required string Text { get; init; }

    public required YamlStyle Style { get; init; }
}

internal sealed class YamlSequence : YamlNode
{
    public required bool IsFlow { get; init; }

    public List<YamlNode> Items { get; } = [];
}

internal sealed class YamlMapping : YamlNode
{
    public required bool IsFlow { get; init; }

    public List<YamlEntry> Entries { get; } = [];

    public YamlNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;
}

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>One document of a file. <see cref="Root"/> is null for an empty one.</summary>
internal sealed record YamlDocument(YamlMark Start, YamlNode? Root);
