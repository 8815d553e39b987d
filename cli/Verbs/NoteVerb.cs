using System.CommandLine;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>note</c>: a remark on an incident, and a command that helped.</summary>
internal sealed class NoteVerb
{
    /// <summary>How often the note is written anew because somebody else wrote in between.</summary>
    public const int Attempts = 8;

    private const string FieldManager = "kubectl-runbook";

    private readonly Argument<string> _name = Arguments.Required("INCIDENT", "The incident.");
    private readonly Argument<string> _text = new("TEXT") { Description = "The remark." };

    private readonly Option<string?> _command = new("--command")
    {
        Description = "A command that was run besides the runbook; it is proposed as a step when the incident is over.", HelpName = "CMD",
    };

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("note", "Add a remark to an incident.") { _name, _text, _command };
        command.SetAction((parse, cancellationToken) => RunAsync(new VerbContext(host, globals, parse), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var format = context.Format(OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        var note = NewNote(context.Parse.GetRequiredValue(_text), context.Parse.GetValue(_command));
        var session = context.Connect();
        var stored = await AppendAsync(session, context.Parse.GetRequiredValue(_name), note, cancellationToken);
        ObjectPrinter.Print(context.Out, format, stored, ResourceNames.Of<Incident>(stored.Metadata.Name), "noted");
        return ExitCode.Success;
    }

    /// <summary>The note as it is stored; who and when is stamped on the way.</summary>
    /// <exception cref="CliException">A text is empty or too long.</exception>
    public static JsonObject NewNote(string text, string? command)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new CliException("a note needs words");
        }

        if (text.Length > Limits.Note || command?.Length > Limits.Note)
        {
            throw new CliException($"a note, and its command, may have {Limits.Note} characters");
        }

        var note = new JsonObject { ["text"] = text };
        if (!string.IsNullOrWhiteSpace(command))
        {
            note["command"] = command;
        }

        return note;
    }

    /// <summary>The patch that appends <paramref name="note"/>, and fails if the incident has changed since it was read.</summary>
    /// <exception cref="CliException">There are as many notes as an incident may have.</exception>
    public static JsonObject PatchOf(JsonObject incident, JsonObject note)
    {
        // Notes are kept as they are stored, with members that this program does not know.
        var notes = incident["spec"]?["notes"]?.DeepClone().AsArray() ?? [];
        if (notes.Count >= Limits.Notes)
        {
            throw new CliException($"the incident has {Limits.Notes} notes, and may have no more");
        }

        notes.Add(note.DeepClone());
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["resourceVersion"] = incident["metadata"]?["resourceVersion"]?.DeepClone() },
            ["spec"] = new JsonObject { ["notes"] = notes },
        };
    }

    private static async Task<Incident> AppendAsync(ClusterSession session, string name, JsonObject note, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var incident = await session.GetJsonAsync<Incident>(name, cancellationToken);
            var patch = new Patch(PatchType.Merge, PatchOf(incident, note)) { FieldManager = FieldManager };
            try
            {
                return await session.GuardAsync(
                    "patch",
                    Incident.Definition,
                    () => session.Client.PatchAsync<Incident>(session.Key(name), patch, cancellationToken),
                    passConflict: attempt < Attempts);
            }
            catch (ApiException error) when (error.IsConflict)
            {
                // Somebody else wrote in between: read again.
            }
        }
    }
}
