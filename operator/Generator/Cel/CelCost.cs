using System.Text.Json.Nodes;

namespace RunbookOperator.Generator.Cel;

/// <summary>Estimates what a rule costs at most, in the units of Kubernetes: never less than an API server estimates. The costs are those of
/// cel-go's checker and of the API server's own library; where they differ by version, the higher one counts.</summary>
internal sealed class CelCost
{
    /// <summary>Cost of reading one byte of a text.</summary>
    public const double StringTraversal = 0.1;

    private const double ListLiteral = 10;

    // Each turn of a loop also looks whether to go on, and joins what the turn gave with what the turns before gave.
    private const double Turn = 5;
    private const double TurnOfList = Turn + ListLiteral + 2;

    private readonly Dictionary<string, JsonObject?> _variables = new(StringComparer.Ordinal);

    private CelCost(JsonObject self) => _variables["self"] = _variables["oldSelf"] = self;

    /// <summary>The cost of one call of <paramref name="rule"/> on a value of this schema.</summary>
    /// <exception cref="FormatException">It is no expression of the part of CEL that is known here.</exception>
    /// <exception cref="NotSupportedException">It names what the schema does not have, or loops over what has no bound.</exception>
    public static double Of(string rule, JsonObject schema) => new CelCost(schema).Cost(CelParser.Parse(rule)).Cost;

    // The schema is null for what the rule itself made: its size is not known to every server.
    private (double Cost, JsonObject? Schema) Cost(CelNode node) => node switch
    {
        CelLiteral => (0, null),
        CelName name => (1, _variables.TryGetValue(name.Name, out var schema) ? schema : throw new NotSupportedException($"there is no variable {name.Name}")),
        CelField field => Field(field),
        CelList list => (ListLiteral + list.Items.Sum(item => Cost(item).Cost), null),
        CelOperator operation => (Operation(operation), null),
        CelCall { Target: null } call => (Function(call), null),
        CelCall call => (Method(call), null),
        _ => throw new NotSupportedException(node.ToString()),
    };

    private (double Cost, JsonObject? Schema) Field(CelField field)
    {
        var (cost, of) = Cost(field.Of);
        return (cost + 1, of?["properties"]?[field.Name] as JsonObject ?? throw new NotSupportedException($"there is no field {field.Name}"));
    }

    private double Operation(CelOperator operation)
    {
        var costs = operation.Operands.Select(operand => Cost(operand).Cost).ToArray();
        return operation.Symbol switch
        {
            "?:" => costs[0] + Math.Max(costs[1], costs[2]),
            "&&" or "||" => costs.Sum(),
            "in" => costs.Sum() + Count(operation.Operands[1]),
            "!" => costs[0] + 1,
            _ => costs.Sum() + Math.Min(Comparison(operation.Operands[0]), Comparison(operation.Operands[1])),
        };
    }

    private double Function(CelCall call) => call is { Name: "has", Arguments: [CelField field] } ? Field(field).Cost
        : call is { Name: "duration", Arguments: [var text] } ? Cost(text).Cost + Comparison(text)
        : throw new NotSupportedException($"the function {call.Name} has no cost here");

    private double Method(CelCall call)
    {
        var target = Cost(call.Target!).Cost;
        return call switch
        {
            { Name: "size", Arguments: [] } => target + 1,
            { Name: "all" or "exists", Arguments: [CelName name, var body] } => target + 1 + (Count(call.Target!) * (Turn + Inside(call.Target!, name, body))),
            { Name: "filter", Arguments: [CelName name, var body] } => target + 1 + (Count(call.Target!) * (TurnOfList + Inside(call.Target!, name, body))),
            _ => throw new NotSupportedException($"the method {call.Name} has no cost here"),
        };
    }

    private double Inside(CelNode list, CelName name, CelNode body)
    {
        _variables[name.Name] = Cost(list).Schema?["items"] as JsonObject;
        var cost = Cost(body).Cost;
        _variables.Remove(name.Name);
        return cost;
    }

    private double Count(CelNode list) => list is CelList literal ? literal.Items.Count
        : Cost(list).Schema is { } schema ? CelSize.Of(schema)
        : throw new NotSupportedException("a loop over what the rule itself made has no cost that every server knows");

    private double Comparison(CelNode node) => node is CelLiteral literal ? 1 + Math.Ceiling(literal.Size * StringTraversal)
        : Cost(node).Schema is { } schema ? CelSize.Traversal(schema)
        : 1;
}
