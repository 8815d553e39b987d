using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Kubectl;

/// <summary>kubectl: the tables say what verbs and flags do, the code what depends on their arguments.</summary>
internal sealed class KubectlProgram : IProgram
{
    private static readonly VerbTree Verbs = VerbTree.Build(
        Tables.Read<ProgramTable>("kubectl.yaml"), Tables.Read<ProgramTable>("kubectl-create-config.yaml"));

    /// <inheritdoc/>
    public IEnumerable<string> Names => ["kubectl"];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        var verb = Verbs;
        var ended = false;
        var parser = new FlagParser(Verbs.Flags, FlagStyle.Pflag, call.Findings);
        parser.Parse(call.Arguments, operand =>
        {
            if (ended || !verb.HasChildren && verb != Verbs)
            {
                return;
            }

            // `create` and `apply` do something themselves and have verbs below.
            var next = operand.IsLiteral ? verb.Child(operand.Text) : null;
            ended = next is null;
            verb = next ?? verb;
            parser.Flags = verb.Flags;
        });
        var words = verb.Path.Length == 0 ? 0 : verb.Path.Count(c => c == ' ') + 1;
        var command = new KubectlCommand(call, verb, parser, [.. parser.Operands.Skip(words)], words);
        return Judge(command, operandsBefore: parser.OperandsBeforeDashes);
    }

    private static CommandOutput Judge(KubectlCommand command, int? operandsBefore)
    {
        if (command.Verb.Rule.Length == 0)
        {
            JudgeNoVerb(command);
            return default;
        }

        JudgeFlags(command);
        if (command.IsOn("--help"))
        {
            command.Add("kubectl.help");
            return default;
        }

        if (command.IsDryRun)
        {
            command.Findings.Add("kubectl.dry-run", command.Call.Span, $"{command.Title}, as a dry run,");
            KubectlDryRun.Judge(command);
            return default;
        }

        KubectlRules.Judge(command, operandsBefore);
        var namesOnly = command.Verb.Path is "get" or "api-resources" or "config get-contexts" && command.Value("--output") is { IsLiteral: true, Text: "name" };
        return new CommandOutput(IsNames: namesOnly);
    }

    // What a dry run takes the sting from; where it connects and as whom still counts.
    private static bool IsAboutTheChange(string rule) => rule is "kubectl.force" or "kubectl.emptydir" or "kubectl.prune" or "kubectl.exposure";

    private static void JudgeNoVerb(KubectlCommand command)
    {
        JudgeFlags(command);
        if (command.Operands is [var first, ..])
        {
            command.Findings.Add(first.IsLiteral ? "kubectl.unknown-verb" : "kubectl.variable-verb", first);
        }
        else
        {
            command.Add("kubectl.help");
        }
    }

    private static void JudgeFlags(KubectlCommand command)
    {
        foreach (var use in command.Uses.Where(use => !use.IsOff))
        {
            if (command.Verb.FlagRules.TryGetValue(use.Flag.Name, out var rule) && rule.Length > 0 && !(command.IsDryRun && IsAboutTheChange(rule)))
            {
                command.Findings.Add(rule, use.Word.Span, $"`{use.Flag.Name}`");
            }

            if (command.Verb.Writes.Contains(use.Flag.Name) && use.Value is { } file && file.Text != "-")
            {
                Files.Write(file, command.Findings);
            }

            if (use is { Flag.Name: "--as-group", Value: not { IsLiteral: true, Text: not "system:masters" } })
            {
                command.Findings.Add("kubectl.masters", use.Word.Span, "`--as-group`");
            }
        }
    }
}
