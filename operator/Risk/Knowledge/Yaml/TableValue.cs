namespace RunbookOperator.Risk.Knowledge;

/// <summary>A value of a table: a text, a list or a map.</summary>
internal sealed record TableValue(string Place, string? Text, IReadOnlyList<TableValue>? Items, IReadOnlyList<KeyValuePair<string, TableValue>>? Fields)
{
    /// <summary>An error at this place. The tables are part of the program, so it never depends on what is classified.</summary>
    public InvalidDataException Error(string message) => new($"{Place}: {message}");
}
