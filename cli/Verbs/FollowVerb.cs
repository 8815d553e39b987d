using System.CommandLine;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>follow</c>: what has happened in a run, then what happens, until it is over.</summary>
internal sealed class FollowVerb
{
    private readonly Argument<string> _run = Arguments.Required("RUN", "The run.");

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("follow", "Show a run and what it waits for, until it is over.") { _run };
        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json);
        var session = context.Connect();
        var first = await session.GetAsync<RunbookExecution>(context.Parse.GetRequiredValue(_run), cancellationToken);
        var terminal = context.Host.Terminal;
        var printer = new Printer(context.Out, context.Host.Time, format == OutputFormat.Json ? null : context.RunView);
        printer.Begin(first);
        var watch = new ObjectWatch<RunbookExecution>(session.Client, context.Host.Time)
        {
            Lost = reason => terminal.Error.WriteLine($"warning: connection lost, trying again: {Plain.Line(reason)}"),
        };
        var last = await session.GuardAsync("watch", RunbookExecution.Definition, () => watch.UntilAsync(first, printer.Print, cancellationToken));
        return last is null
            ? throw new CliException($"{ResourceNames.Of<RunbookExecution>(first.Metadata.Name)} was deleted")
            : RunOutcome.ExitCodeOf(last.Status!);
    }

    /// <summary>Writes each transition once, for people where there is a view, else as JSON.</summary>
    private sealed class Printer(TextWriter writer, TimeProvider time, RunView? view)
    {
        private readonly Journal _journal = new();

        public void Begin(RunbookExecution execution)
        {
            if (view is not null)
            {
                writer.WriteLine(view.Header(execution));
            }
        }

        /// <summary>Prints what is new, and says whether the run is over.</summary>
        public bool Print(RunbookExecution execution)
        {
            var now = time.GetUtcNow();
            foreach (var transition in _journal.Read(execution))
            {
                IEnumerable<string> lines = view is null
                    ? [MachineText.JsonLine(TransitionJson.Of(execution, transition, now))]
                    : view.Lines(execution, transition, now);
                foreach (var line in lines)
                {
                    writer.WriteLine(line);
                }
            }

            writer.Flush();
            return RunOutcome.IsOver(execution.Status);
        }
    }
}
