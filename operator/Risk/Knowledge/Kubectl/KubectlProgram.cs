using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Kubectl;

/// <summary>
/// kubectl and oc: the tables say what verbs and flags do, the code what depends on their arguments. Of a verb that says what its operands are
/// the table says all.
/// </summary>
internal sealed class KubectlProgram(ProgramSpec program) : IProgram
{
    /// <inheritdoc/>
    public IEnumerable<string> Names => [program.Name];

    /// <inheritdoc/>
    public CommandOutput Judge(Invocation call)
    {
        var command = TableProgram.Parse(program, call);
        TableProgram.ApplyFlags(command);
        if (!command.Verb.IsUse)
        {
            JudgeNoVerb(command);
            return default;
        }

        if (command.IsOn("--help"))
        {
            command.Add("kubectl.help");
            return default;
        }

        if (command.Verb.TakesOperands)
        {
            return TableProgram.JudgeUse(command);
        }

        if (command.IsDryRun)
        {
            command.Findings.Add("kubectl.dry-run", command.Call.Span, $"{command.Title}, as a dry run,");
            KubectlDryRun.Judge(command);
            return default;
        }

        KubectlRules.Judge(command, command.Parsed.OperandsBeforeDashes);
        var namesOnly = command.Verb.Path is "get" or "api-resources" or "config get-contexts" && command.Value("--output") is { IsLiteral: true, Text: "name" };
        return new CommandOutput(IsNames: namesOnly);
    }

    private static void JudgeNoVerb(TableCommand command)
    {
        if (command.Operands is [var first, ..])
        {
            command.Findings.Add(first.IsLiteral ? "kubectl.unknown-verb" : "kubectl.variable-verb", first);
        }
        else
        {
            command.Add("kubectl.help");
        }
    }
}
