using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/get: shows one object of any kind with its conditions, or all of a kind as a table.</summary>
internal sealed class GetAction() : ReadAction(new ActionDeclaration(
    "kubernetes/get",
    "Shows one object of any kind with its conditions, or all of a kind as a table. Of Secrets it shows names and types, never values.",
    ChangesState: false,
    [
        new("kind", ActionInputType.Text, "Any kind, such as Deployment, deploy or certificates.cert-manager.io.", Required: true),
        new("apiVersion", ActionInputType.Text, "Group and version, where several groups have the kind. Defaults to what the server prefers."),
        new("name", ActionInputType.Text, "The object's name. Defaults to all of the kind."),
        ObjectInput.NamespaceInput,
        new(Selector, ActionInputType.Text, "A label selector such as app=web. Not with name."),
        new(Fields, ActionInputType.Text, "Columns to show, as field paths joined by commas, such as spec.replicas,status.readyReplicas."),
        new(Output, ActionInputType.Text, "table, or json for whole objects. Defaults to table.", Values: ["table", "json"]),
    ]))
{
    private const string Selector = "selector";
    private const string Fields = "fields";
    private const string Output = "output";

    protected override string Reason(ActionInputs inputs) => "only reads";

    protected override string Touches(ActionInputs inputs)
    {
        var value = ObjectInput.Read(inputs);
        return value.Name is not null ? value.ToString() : $"every {value.Kind} in {value.Namespace ?? "the run's namespace"}";
    }

    protected override void CheckInputs(ActionInputs inputs)
    {
        ObjectInput.Read(inputs);
        if (inputs.Text("name") is not null && inputs.Text(Selector) is not null)
        {
            throw new ActionException("give one of name and selector");
        }

        if (inputs.Text(Fields) is { } fields)
        {
            if (inputs.Text(Output) == "json")
            {
                throw new ActionException("give one of fields and output: json");
            }

            if (!inputs.IsOpen(Fields))
            {
                FieldPath.ParseAll(fields);
            }
        }
    }

    protected override async Task<ActionOutcome> ReadAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var wanted = ObjectInput.Read(context.Inputs);
        var resource = await ObjectInput.DiscoverAsync(context, wanted.Kind, cancellationToken);
        var ns = resource.Namespaced ? wanted.Namespace ?? context.Namespace : "";
        IReadOnlyList<JsonObject> found = wanted.Name is not null
            ? [await context.Client.GetAsync(resource, new NamespacedName(ns, wanted.Name), cancellationToken)]
            : await context.Client.ListAsync(
                resource, ns.Length == 0 ? null : ns, new ListOptions { LabelSelector = context.Inputs.Text(Selector) }, cancellationToken);
        if (found.Count == 0)
        {
            return new ActionOutcome.Succeeded($"No {resource.Plural} found{(ns.Length == 0 ? "" : $" in namespace {ns}")}.\n");
        }

        var shown = found.Select(value => Showable.Of(resource, value)).ToList();
        return new ActionOutcome.Succeeded(ActionOutput.KeepStart(Lines(context, resource, shown, one: wanted.Name is not null)));
    }

    private static IEnumerable<string> Lines(ActionContext context, ResourceDefinition resource, List<JsonObject> shown, bool one)
    {
        if (context.Inputs.Text(Output) == "json")
        {
            return shown.SelectMany(value => value.ToJsonString(Showable.Indented).Split('\n'));
        }

        if (context.Inputs.Text(Fields) is { } fields)
        {
            var paths = FieldPath.ParseAll(fields);
            return ActionOutput.Table(
                ["NAME", .. paths.Select(path => path.Text)],
                [.. shown.Select(value => (string[])[Cell(value.Text("metadata", "name")), .. paths.Select(path => Cell(path.Read(value)))])]);
        }

        var columns = Columns.Of(resource);
        var table = ActionOutput.Table(
            ["NAME", .. columns.Select(column => column.Title), "AGE"],
            [.. shown.Select(value => Row(value, columns, context.Now))]);
        return one ? table.Concat(Conditions(shown[0])) : table;
    }

    private static string[] Row(JsonObject value, IReadOnlyList<Column> columns, DateTimeOffset now) =>
    [
        Cell(value.Text("metadata", "name")),
        .. columns.Select(column => Cell(column.Read(value))),
        ActionOutput.Age(value.Time("metadata", "creationTimestamp"), now),
    ];

    private static IEnumerable<string> Conditions(JsonObject value)
    {
        var conditions = value.Items("status", "conditions").ToList();
        return conditions.Count == 0
            ? []
            : ActionOutput.Table(
                ["CONDITION", "STATUS", "REASON", "MESSAGE"],
                [.. conditions.Select(condition =>
                    (string[])[.. ((string[])["type", "status", "reason", "message"]).Select(name => Cell(condition.Text(name)))])]).Prepend("");
    }

    private static string Cell(string? text) => string.IsNullOrEmpty(text) ? "-" : Variables.Clean(text, Limits.Line);
}
