using RunbookOperator.Risk;

namespace RunbookOperator.Cli.Rendering;

/// <summary>Colours, or none. A colour never says what a word beside it does not say as well.</summary>
internal sealed record Paint(bool IsOn)
{
    private const string Reset = "\u001b[0m";

    /// <summary>No colours.</summary>
    public static Paint None { get; } = new(IsOn: false);

    /// <summary>Colours where a person reads, unless <c>NO_COLOR</c> holds anything or the terminal is a dumb one.</summary>
    public static Paint For(bool isTerminal, Func<string, string?> environment) =>
        new(isTerminal && string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") != "dumb");

    /// <summary>The word for a risk in its colour: green, yellow, red.</summary>
    public string Risk(RiskLevel level) => Risk(level.ToText());

    /// <summary>A word for a risk in its colour; any other word as it is.</summary>
    public string Risk(string? word) => word switch
    {
        "safe" => Wrap("32", word),
        "caution" => Wrap("33", word),
        "dangerous" => Wrap("1;31", word),
        _ => Plain.Line(word),
    };

    /// <summary>What stands out.</summary>
    public string Bold(string text) => Wrap("1", text);

    /// <summary>What stands back.</summary>
    public string Faint(string text) => Wrap("2", text);

    /// <summary>What went wrong.</summary>
    public string Bad(string text) => Wrap("31", text);

    /// <summary>What went well.</summary>
    public string Good(string text) => Wrap("32", text);

    private string Wrap(string code, string text) => IsOn ? $"\u001b[{code}m{text}{Reset}" : text;
}
