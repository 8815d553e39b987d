namespace RunbookOperator.Cli;

/// <summary>What <c>-o</c> asks for.</summary>
internal enum OutputFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>Lines for people, and more of them.</summary>
    Wide,

    /// <summary>JSON and nothing else on standard output.</summary>
    Json,

    /// <summary>YAML and nothing else on standard output.</summary>
    Yaml,

    /// <summary><c>type/name</c> and nothing else on standard output.</summary>
    Name,
}

/// <summary>Words for <see cref="OutputFormat"/>.</summary>
internal static class OutputFormats
{
    /// <summary>The words that <c>-o</c> takes.</summary>
    public static string[] Words { get; } = ["json", "yaml", "name", "wide"];

    /// <summary>The format that a word of <see cref="Words"/> means; text for null.</summary>
    public static OutputFormat Parse(string? word) => word switch
    {
        "json" => OutputFormat.Json,
        "yaml" => OutputFormat.Yaml,
        "name" => OutputFormat.Name,
        "wide" => OutputFormat.Wide,
        _ => OutputFormat.Text,
    };

    /// <summary>Whether standard output is for a program, so that nothing else may stand there.</summary>
    public static bool IsForMachines(this OutputFormat format) => format is OutputFormat.Json or OutputFormat.Yaml or OutputFormat.Name;
}
