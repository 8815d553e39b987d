using System.CommandLine;
using RunbookOperator.Risk;

namespace RunbookOperator.Cli.Risks;

/// <summary><c>--programs FILE</c>: what a site says of its own programs. The file speaks for the base policy.</summary>
internal sealed class ProgramsFile
{
    /// <summary>The option.</summary>
    public Option<string?> Option { get; } = new("--programs") { Description = "A list, or a RunbookPolicy, that names the site's own programs.", HelpName = "FILE" };

    /// <summary>The classifier that the command line asks for.</summary>
    /// <exception cref="CliException">The file cannot be read.</exception>
    public RiskClassifier Classifier(ParseResult parse)
    {
        if (parse.GetValue(Option) is not { } file)
        {
            return new RiskClassifier();
        }

        try
        {
            return new RiskClassifier(SitePrograms.Read(file, File.ReadAllText(file), isBase: true));
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(error.Message);
        }
    }
}
