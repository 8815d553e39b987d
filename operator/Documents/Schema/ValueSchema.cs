using System.Text.Json.Serialization.Metadata;
using RunbookOperator.Api;

namespace RunbookOperator.Documents.Schema;

/// <summary>What a value may be.</summary>
internal abstract record ValueSchema;

internal sealed record TextSchema(TextAttribute? Bounds) : ValueSchema;

internal sealed record FlagSchema : ValueSchema;

internal sealed record NumberSchema(long Minimum, long Maximum) : ValueSchema;

internal sealed record DurationSchema : ValueSchema;

/// <summary>A moment, as RFC 3339 writes it.</summary>
internal sealed record TimeSchema : ValueSchema;

internal sealed record EnumSchema(IReadOnlyList<string> Values) : ValueSchema;

internal sealed record ListSchema(ValueSchema Item, ItemsAttribute? Bounds) : ValueSchema;

internal sealed record MapSchema(ValueSchema Value, ItemsAttribute? Bounds) : ValueSchema;

/// <summary>An object of any shape.</summary>
internal sealed record FreeSchema : ValueSchema;

/// <summary>An object of a type, with the rules across its fields.</summary>
internal sealed record ObjectSchema(JsonTypeInfo Type, IReadOnlyDictionary<string, FieldSchema> Fields, IReadOnlyList<Rule> Rules) : ValueSchema;

internal sealed record FieldSchema(string Name, bool Required, ValueSchema Value);
