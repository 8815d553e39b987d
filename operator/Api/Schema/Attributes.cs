namespace RunbookOperator.Api;

/// <summary>Marks a kind of <c>runbooks.dev/v1alpha1</c> for the generator of its CustomResourceDefinition.</summary>
/// <param name="plural">The resource's name in paths, such as <c>runbooks</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CustomResourceAttribute(string plural) : Attribute
{
    /// <summary>The resource's name in paths.</summary>
    public string Plural { get; } = plural;

    /// <summary>What people type instead of the plural.</summary>
    public string[] ShortNames { get; init; } = [];

    /// <summary>Words under which <c>kubectl get</c> lists several kinds.</summary>
    public string[] Categories { get; init; } = [];

    /// <summary>The longest name of an object, in characters.</summary>
    public int MaximumName { get; init; } = 63;

    /// <summary>Whether the schema defaults status to <c>{observedGeneration: -1}</c>, so that nothing new looks finished.</summary>
    public bool ObservedGeneration { get; init; } = true;
}

/// <summary>A column of <c>kubectl get</c>, in the order of declaration.</summary>
/// <param name="name">The heading; no spaces.</param>
/// <param name="jsonPath">Where its value stands.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class PrinterColumnAttribute(string name, string jsonPath) : Attribute
{
    /// <summary>The heading.</summary>
    public string Name { get; } = name;

    /// <summary>Where the value stands.</summary>
    public string JsonPath { get; } = jsonPath;

    /// <summary><c>string</c>, <c>integer</c>, <c>date</c>, ...</summary>
    public string Type { get; init; } = "string";

    /// <summary>True for <c>-o wide</c> only.</summary>
    public bool Wide { get; init; }
}

/// <summary>A field that <c>--field-selector</c> may name, on Kubernetes 1.31 and newer.</summary>
/// <param name="jsonPath">The plain path of the field.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class SelectableFieldAttribute(string jsonPath) : Attribute
{
    /// <summary>The path.</summary>
    public string JsonPath { get; } = jsonPath;
}

/// <summary>Bounds of a string, or of each string of a list or map.</summary>
/// <param name="maximum">The longest value, in characters.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextAttribute(int maximum) : Attribute
{
    /// <summary>The longest value, in characters.</summary>
    public int Maximum { get; } = maximum;

    /// <summary>The shortest value, in characters.</summary>
    public int Minimum { get; init; }

    /// <summary>What the value must match, in RE2.</summary>
    public string? Pattern { get; init; }

    /// <summary>The values allowed; empty allows any.</summary>
    public string[] Values { get; init; } = [];
}

/// <summary>Bounds of a list or a map, and of lists inside it.</summary>
/// <param name="maximum">The most entries.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ItemsAttribute(int maximum) : Attribute
{
    /// <summary>The most entries.</summary>
    public int Maximum { get; } = maximum;

    /// <summary>The fewest entries.</summary>
    public int Minimum { get; init; }

    /// <summary>The field that identifies an entry of a list; null for a list that is replaced as one.</summary>
    public string? Key { get; init; }

    /// <summary>Whether each value of a list stands in it once, so that several writers may each own some.</summary>
    public bool Set { get; init; }
}

/// <summary>Bounds of a number.</summary>
/// <param name="minimum">The smallest value.</param>
/// <param name="maximum">The largest value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RangeAttribute(long minimum, long maximum) : Attribute
{
    /// <summary>The smallest value.</summary>
    public long Minimum { get; } = minimum;

    /// <summary>The largest value.</summary>
    public long Maximum { get; } = maximum;
}

/// <summary>The value the API server fills in where a field is absent.</summary>
/// <param name="json">The value as JSON.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DefaultAttribute(string json) : Attribute
{
    /// <summary>The value as JSON.</summary>
    public string Json { get; } = json;
}

/// <summary>An object of any shape: the schema keeps what it does not know.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FreeFormAttribute : Attribute;
