using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;
using RunbookOperator.Cli.Verbs;

namespace RunbookOperator.Cli;

/// <summary>The command line as a whole: which verbs there are, and what becomes of their errors.</summary>
internal static class CommandLine
{
    // How long a verb may take to end after Ctrl-C.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Runs the program and returns its exit code. Every expected error is one line on standard error.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliHost host, CancellationToken cancellationToken)
    {
        // A word that begins with @ is a word, not a file of more arguments.
        var parse = Build(host).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var verb = parse.CommandResult.Command.Name;
        if (parse.Action is ParseErrorAction)
        {
            return Fail(host, UsageMessage(parse, host), ExitCode.Usage(verb));
        }

        try
        {
            var streams = new InvocationConfiguration
            {
                Output = host.Terminal.Out,
                Error = host.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TerminationTimeout,
            };
            return await parse.InvokeAsync(streams, cancellationToken);
        }
        catch (CliException error)
        {
            return Fail(host, error.Message, error.ExitCode);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
        catch (IOException error)
        {
            return Fail(host, error.Message, ExitCode.Usage(verb));
        }
        catch (UnauthorizedAccessException error)
        {
            return Fail(host, error.Message, ExitCode.Usage(verb));
        }
    }

    /// <summary>The root command with all verbs.</summary>
    public static RootCommand Build(CliHost host)
    {
        var globals = new GlobalOptions();
        var root = new RootCommand("Runbooks as code: check them, run them, decide on their steps.") { HelpName = host.ProgramName };
        foreach (var option in globals.All)
        {
            root.Add(option);
        }

        root.Add(new ValidateVerb().Create(host, globals));
        root.Add(new ClassifyVerb().Create(host, globals));
        root.Add(new ExplainVerb().Create(host, globals));
        root.Add(new StartVerb().Create(host, globals));
        root.Add(new FollowVerb().Create(host, globals));
        foreach (var decision in Decision.All)
        {
            root.Add(new DecisionVerb(decision).Create(host, globals));
        }

        foreach (var wanted in WantedState.All)
        {
            root.Add(new WantVerb(wanted).Create(host, globals));
        }

        root.Add(new RollbackVerb().Create(host, globals));
        root.Add(new DrillVerb().Create(host, globals));
        root.Add(new WaitVerb().Create(host, globals));
        root.Add(new ListVerb().Create(host, globals));
        root.Add(new AckVerb().Create(host, globals));
        root.Add(new AssignVerb().Create(host, globals));
        root.Add(new NoteVerb().Create(host, globals));
        root.Add(new EnableVerb().Create(host, globals));
        root.SetAction(parse => new HelpAction().Invoke(parse));
        return root;
    }

    private static string UsageMessage(ParseResult parse, CliHost host)
    {
        var command = parse.CommandResult.Command;
        var path = command is RootCommand ? host.ProgramName : $"{host.ProgramName} {command.Name}";
        var hint = command is RootCommand && parse.UnmatchedTokens is [var word, ..]
            ? $"unknown verb '{word}'{Nearest.Hint(word, command.Subcommands.Select(verb => verb.Name))}"
            : string.Join("; ", parse.Errors.Select(error => error.Message.TrimEnd('.')).Distinct());
        return $"{hint}\nSee '{path} --help' for usage.";
    }

    private static int Fail(CliHost host, string message, int exitCode)
    {
        var lines = Plain.Lines(message);
        host.Terminal.Error.WriteLine($"error: {(lines.Count > 0 ? lines[0] : "failed")}");
        foreach (var line in lines.Skip(1))
        {
            host.Terminal.Error.WriteLine(line);
        }

        return exitCode;
    }
}
