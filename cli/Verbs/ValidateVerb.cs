using System.CommandLine;
using RunbookOperator.Cli.Documents;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Risks;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>validate</c>: what is wrong in files with our kinds, as compilers say it.</summary>
internal sealed class ValidateVerb
{
    private readonly Argument<string[]> _paths = Arguments.Many("PATH", "Files, and folders with *.yaml and *.yml below them.");

    private readonly ProgramsFile _programs = new();

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("validate", "Check files with runbooks and the other kinds: syntax, fields, variables, risk.") { _paths, _programs.Option };
        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml);
        var files = RunbookFiles.Find(context.Parse.GetRequiredValue(_paths));
        var validation = await Validation.OfAsync(files, _programs.Classifier(context.Parse), cancellationToken);
        if (format.IsForMachines())
        {
            ObjectPrinter.Print(context.Out, format, validation.ToJson());
        }
        else
        {
            foreach (var problem in validation.Problems)
            {
                context.Out.WriteLine(Plain.Line(problem.ToString()));
            }

            var summary = validation.Summary();
            context.Out.WriteLine(validation.Errors > 0 ? context.Paint.Bad(summary) : summary);
        }

        return validation.Errors > 0 ? ExitCode.Failure : ExitCode.Success;
    }
}
