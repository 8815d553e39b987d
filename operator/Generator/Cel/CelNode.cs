namespace RunbookOperator.Generator.Cel;

/// <summary>An expression of CEL, as far as the rules use the language.</summary>
internal abstract record CelNode;

/// <summary>A text, number or flag; its size in characters, 1 for the rest.</summary>
internal sealed record CelLiteral(int Size) : CelNode;

/// <summary>A variable.</summary>
internal sealed record CelName(string Name) : CelNode;

/// <summary>A field of an object.</summary>
internal sealed record CelField(CelNode Of, string Name) : CelNode;

/// <summary>A list that stands in the rule.</summary>
internal sealed record CelList(IReadOnlyList<CelNode> Items) : CelNode;

/// <summary>An operator.</summary>
internal sealed record CelOperator(string Symbol, IReadOnlyList<CelNode> Operands) : CelNode;

/// <summary>A function, or a method where <paramref name="Target"/> is given.</summary>
internal sealed record CelCall(CelNode? Target, string Name, IReadOnlyList<CelNode> Arguments) : CelNode;
