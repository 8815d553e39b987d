using System.CommandLine;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>assign</c>: who takes care of an incident.</summary>
internal sealed class AssignVerb
{
    private readonly Argument<string> _name = Arguments.Required("INCIDENT", "The incident.");
    private readonly Argument<string> _person = Arguments.Required("PERSON", "Who takes care of it, as people know them.");

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("assign", "Say who takes care of an incident.") { _name, _person };
        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        var person = Checked(context.Parse.GetRequiredValue(_person));
        var session = context.Connect();
        var incident = await session.GetAsync<Incident>(context.Parse.GetRequiredValue(_name), cancellationToken);
        var patch = new JsonObject { ["spec"] = new JsonObject { ["assignee"] = person } };
        var stored = await session.PatchAsync<Incident>(incident.Metadata.Name!, patch, cancellationToken);
        ObjectPrinter.Print(context.Out, format, stored, ResourceNames.Of<Incident>(stored.Metadata.Name), $"assigned to {person}");
        return ExitCode.Success;
    }

    /// <summary>The name as it is stored: a column of a table that programs take apart at its spaces.</summary>
    /// <exception cref="CliException">It is empty, too long, or would not stand in one column.</exception>
    public static string Checked(string person) => person.Length is > 0 and <= Limits.Line && !person.Any(char.IsWhiteSpace) && Plain.Line(person) == person
        ? person
        : throw new CliException($"'{Plain.Line(person)}' cannot be an assignee: give a name of up to {Limits.Line} characters without spaces, such as riley");
}
