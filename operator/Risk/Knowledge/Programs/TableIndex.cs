namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>
/// Where the knowledge of each program stands. Only the lines that name programs are read before one is asked for, so a start costs little
/// however many there are. Documents of a file are divided by lines of three dashes; the first line that is no comment names the program.
/// </summary>
internal sealed class TableIndex
{
    private const string Folder = "Tables";
    private const string Divider = "\n---\n";
    private const string Heading = "\nprogram: ";
    private const string Examples = "\nexamples:";

    private readonly Dictionary<string, List<Document>> _programs = new(StringComparer.Ordinal);

    /// <summary>A document; <paramref name="Text"/> is its text without the examples, which stand at its end.</summary>
    internal sealed record Document(string File, int FirstLine, string Text, string ExampleText, int ExampleLine)
    {
        /// <summary>What it says.</summary>
        public TableValue Read() => TableYaml.Read(File, Text, FirstLine);

        /// <summary>Its examples.</summary>
        public TableValue? ReadExamples() => ExampleText.Length == 0 ? null : TableYaml.Read(File, ExampleText, ExampleLine);
    }

    /// <summary>The index of the embedded tables.</summary>
    public static TableIndex Embedded { get; } = new(Tables.In(Folder).Select(name => (name, Tables.Text(name))));

    /// <summary>An index of the files given by name and text.</summary>
    public TableIndex(IEnumerable<(string Name, string Text)> files)
    {
        foreach (var (name, text) in files)
        {
            Add(name, text);
        }
    }

    /// <summary>The names of all programs.</summary>
    public IEnumerable<string> Names => _programs.Keys;

    /// <summary>The documents about a program; those that only add to another stand behind it.</summary>
    public IReadOnlyList<Document> Of(string program) => _programs.TryGetValue(program, out var documents) ? documents : [];

    private void Add(string file, string text)
    {
        var line = 1;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf(Divider, start, StringComparison.Ordinal);
            var document = text[start..(end < 0 ? text.Length : end + 1)];
            AddDocument(file, line, document);
            line += document.AsSpan().Count('\n') + 1;
            start = end < 0 ? text.Length : end + Divider.Length;
        }
    }

    private void AddDocument(string file, int line, string text)
    {
        var heading = ("\n" + text).IndexOf(Heading, StringComparison.Ordinal);
        if (heading < 0)
        {
            throw new InvalidDataException($"{file}:{line}: a document names its program");
        }

        var names = text[(heading + Heading.Length - 1)..].Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var examples = text.IndexOf(Examples, StringComparison.Ordinal);
        var document = examples < 0
            ? new Document(file, line, text, "", 0)
            : new Document(file, line, text[..(examples + 1)], text[(examples + 1)..], line + text.AsSpan(0, examples + 1).Count('\n'));
        foreach (var name in names)
        {
            if (!_programs.TryGetValue(name, out var documents))
            {
                _programs[name] = documents = [];
            }

            documents.Add(document);
        }
    }
}
