using System.CommandLine;
using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Cli.Documents;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Risks;
using RunbookOperator.Documents;
using RunbookOperator.Risk;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>classify</c>: how risky a command is, or each step of a runbook, or each line of many.</summary>
internal sealed class ClassifyVerb
{
    private readonly Argument<string?> _command = Arguments.Optional("COMMAND", "The command, as one word: quote it.");
    private readonly Option<string?> _file = new("--filename", "-f") { Description = "A runbook file: judge each step.", HelpName = "FILE" };

    private readonly Option<bool> _jsonl = new("--jsonl")
    {
        Description = "Read {\"id\", \"command\"} lines, write {\"id\", \"risk\", \"reasons\"} lines.",
    };

    private readonly ProgramsFile _programs = new();

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("classify", "Say how risky a command is, and why.") { _command, _file, _jsonl, _programs.Option };
        command.Validators.Add(result =>
        {
            var given = (result.GetResult(_command) is { Tokens.Count: > 0 } ? 1 : 0) + (result.GetResult(_file) is null ? 0 : 1)
                + (result.GetValue(_jsonl) ? 1 : 0);
            if (given != 1)
            {
                result.AddError("give one of COMMAND (in quotes), -f FILE or --jsonl");
            }
        });
        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml);
        var classifier = _programs.Classifier(context.Parse);
        if (context.Parse.GetValue(_jsonl))
        {
            var terminal = context.Host.Terminal;
            var all = await new CommandLines(classifier).RunAsync(terminal.In, terminal.Out, terminal.Error, cancellationToken);
            return all ? ExitCode.Success : ExitCode.Failure;
        }

        return context.Parse.GetValue(_file) is { } file
            ? await StepsAsync(context, file, format, classifier, cancellationToken)
            : One(context, context.Parse.GetValue(_command)!, format, classifier);
    }

    private static int One(VerbContext context, string command, OutputFormat format, RiskClassifier classifier)
    {
        var verdict = classifier.Classify(command);
        if (format.IsForMachines())
        {
            ObjectPrinter.Print(context.Out, format, VerdictJson.Add(new JsonObject { ["command"] = command }, verdict));
            return ExitCode.Success;
        }

        context.Print(VerdictView.Lines(command, verdict, context.Paint));
        return ExitCode.Success;
    }

    private static async Task<int> StepsAsync(
        VerbContext context, string file, OutputFormat format, RiskClassifier classifier, CancellationToken cancellationToken)
    {
        var result = new RunbookReader().Read(file, await RunbookFiles.ReadAsync(file, cancellationToken));
        if (result.Problems.FirstOrDefault(problem => problem.Severity == DocumentSeverity.Error) is { } problem)
        {
            throw new CliException($"{problem}\n'{context.Host.ProgramName} validate {ShellWord.Quote(file)}' tells all that is wrong.");
        }

        var judge = new StepJudge(ActionCatalog.Default, classifier);
        StepRisks[] steps = [.. result.Runbooks.SelectMany(document => StepRisks.Of(document.Runbook, judge))];
        if (steps.Length == 0)
        {
            throw new CliException($"{file} holds no runbook");
        }

        if (format.IsForMachines())
        {
            ObjectPrinter.Print(context.Out, format, new JsonArray([.. steps.Select(step => step.ToJson())]));
            return ExitCode.Success;
        }

        foreach (var runbook in steps.GroupBy(step => step.Runbook))
        {
            context.Print([context.Paint.Bold(Plain.Line(runbook.Key)), .. runbook.SelectMany(step => step.Lines(context.Paint))]);
        }

        return ExitCode.Success;
    }
}
