using System.CommandLine;
using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Risks;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>explain</c>: what a rule is about and what to do, or what a typed action does and takes.</summary>
internal sealed class ExplainVerb
{
    private const string AllActions = "actions";

    private readonly Argument<string?> _rule = Arguments.Optional("RULE", "A rule's id, such as RBK007 or kubectl.delete; an action, such as kubernetes/scale; or 'actions'.");

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("explain", "Say what a rule means, or what an action does; without either, list the rules.") { _rule };
        command.SetAction(parse => Run(new VerbContext(host, globals, parse)));
        return command;
    }

    private int Run(VerbContext context)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml);
        var (json, lines) = context.Parse.GetValue(_rule) switch
        {
            null => (new JsonArray([.. RuleText.All.Select(rule => rule.ToJson())]), RuleText.All.Select(rule => rule.Line(context.Paint))),
            AllActions => (new JsonArray([.. Actions.Select(ActionText.ToJson)]), Actions.Select(ActionText.Line)),
            var id => Find(id, context.Paint),
        };
        if (format.IsForMachines())
        {
            ObjectPrinter.Print(context.Out, format, json);
        }
        else
        {
            context.Print(lines);
        }

        return ExitCode.Success;
    }

    private static IEnumerable<ActionDeclaration> Actions => ActionCatalog.Default.All.Select(action => action.Declaration);

    private static (JsonNode Json, IEnumerable<string> Lines) Find(string id, Paint paint)
    {
        if (ActionCatalog.Default.Find(id) is { Declaration: { } action })
        {
            return (ActionText.ToJson(action), ActionText.Lines(action, paint));
        }

        var rule = RuleText.Find(id)
            ?? throw new CliException($"there is no rule \"{id}\"{Nearest.Hint(id, RuleText.All.Select(rule => rule.Id).Concat(Actions.Select(item => item.Name)))}");
        return (rule.ToJson(), rule.Lines(paint));
    }
}
