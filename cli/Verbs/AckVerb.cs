using System.CommandLine;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>ack</c>: somebody has seen an incident.</summary>
internal sealed class AckVerb
{
    private readonly Argument<string> _name = Arguments.Required("INCIDENT", "The incident.");

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("ack", "Say that you have seen an incident.") { _name };
        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        var session = context.Connect();
        var incident = await session.GetAsync<Incident>(context.Parse.GetRequiredValue(_name), cancellationToken);
        var patch = new JsonObject { ["spec"] = new JsonObject { ["acknowledged"] = true } };
        var stored = await session.PatchAsync<Incident>(incident.Metadata.Name!, patch, cancellationToken);
        ObjectPrinter.Print(context.Out, format, stored, ResourceNames.Of<Incident>(stored.Metadata.Name), "acknowledged");
        return ExitCode.Success;
    }
}
