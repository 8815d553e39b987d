namespace RunbookOperator.Risk.Knowledge.TextTools;

/// <summary>A program that reads and prints, as its table writes it.</summary>
internal sealed record TextToolTable
{
    public string Name { get; init; } = "";

    /// <summary>Other names of the program.</summary>
    public List<string> Also { get; init; } = [];

    /// <summary>How the program reads its flags.</summary>
    public FlagStyle Style { get; init; } = FlagStyle.Getopt;

    public string Flags { get; init; } = "";

    /// <summary>Flags whose value is a file that is read.</summary>
    public List<string> Reads { get; init; } = [];

    /// <summary>Flags whose value is a file that is written.</summary>
    public List<string> Writes { get; init; } = [];

    /// <summary>Flags that run a program, or read one.</summary>
    public List<string> Runs { get; init; } = [];

    /// <summary>Flags that read everything below a directory.</summary>
    public List<string> Recursive { get; init; } = [];

    /// <summary>Number of the first operand that is a file.</summary>
    public int Paths { get; init; }

    /// <summary>Flags that take the place of the operands before the files.</summary>
    public List<string> Unless { get; init; } = [];

    /// <summary>Number of the operand that is written, or -1.</summary>
    public int WritesOperand { get; init; } = -1;

    /// <summary>The language of the first operand, if it is code: <c>awk</c> or <c>jq</c>.</summary>
    public string Code { get; init; } = "";

    /// <summary>All programs of the table.</summary>
    public static IEnumerable<IProgram> Load() => Tables.Read<List<TextToolTable>>("text-tools.yaml").Select(table => new TextTool(table));
}
