using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using RunbookOperator.Api;

namespace RunbookOperator.Operator.Tests.Docs;

/// <summary>A field that is ignored misleads whoever sets it: each is read by the product, or its use is refused, or it is for people to read.</summary>
public sealed class ActedUponTests
{
    // What people write for people, or the operator for them: kubectl and the command line show it, and nothing follows from it.
    private static readonly string[] ForPeople =
    [
        "Runbook.spec.title",
        "Runbook.spec.summary",
        "Runbook.spec.services[]",
        "Runbook.spec.references[].title",
        "Runbook.spec.references[].url",
        "Runbook.spec.parameters[].description",
        "Runbook.spec.steps[].title",
        "Runbook.spec.steps[].description",
        "Runbook.spec.steps[].note",
        "RunbookApproval.spec.user.via",
        "Incident.spec.title",
        "Incident.spec.severity",
        "Incident.spec.assignee",
        "Incident.spec.alerts[].source",
        "RunbookSuggestion.spec.kind",
        "RunbookSuggestion.spec.evidence[].kind",
        "RunbookSuggestion.spec.evidence[].name",
        "RunbookSuggestion.spec.rationale",
        "RunbookSuggestion.spec.author",
    ];

    private static readonly IReadOnlySet<string> Read = ReadFields.Of(Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
        .Where(static file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal) && !file.EndsWith(".TestKit.dll", StringComparison.Ordinal)));

    [Fact]
    public void Every_field_is_read_or_refused_or_for_people()
    {
        var ignored = Fields()
            .Where(static field => !IsRead(field) && !NotActedUpon.All.Any(idle => Covers($"{idle.Kind}.{idle.Path}", field.Path)) && !ForPeople.Contains(field.Path))
            .Select(static field => $"{field.Path} ({field.Type.Name}.{field.Property})")
            .ToList();

        Assert.True(ignored.Count == 0, string.Join('\n', ignored));
    }

    [Fact]
    public void What_is_said_to_be_for_people_is_there_and_read_by_nobody_else() =>
        Assert.All(ForPeople, path => Assert.False(IsRead(Fields().Single(field => field.Path == path)), path));

    [Fact]
    public void The_test_sees_what_is_read() => Assert.Contains("RunbookStep.Run", Read);

    // Also as what several types have in common.
    private static bool IsRead((string Path, Type Type, string Property) field) =>
        Kin(field.Type).Any(type => Read.Contains($"{type.Name}.{field.Property}"));

    private static bool Covers(string refused, string path) =>
        path == refused || path.StartsWith(refused + ".", StringComparison.Ordinal) || path.StartsWith(refused + "[", StringComparison.Ordinal);

    private static IEnumerable<Type> Kin(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            yield return type;
        }
    }

    // The leaves: what holds other fields is read with them.
    private static IEnumerable<(string Path, Type Type, string Property)> Fields() =>
        typeof(Runbook).Assembly.GetExportedTypes()
            .Where(static type => type.IsDefined(typeof(CustomResourceAttribute)))
            .SelectMany(static kind => Inside($"{kind.Name}.spec", kind.GetProperty("Spec")!.PropertyType));

    private static IEnumerable<(string Path, Type Type, string Property)> Inside(string path, Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .SelectMany(property =>
            {
                var (name, content) = Unwrap(NameOf(path, property), property.PropertyType);
                return content.Assembly == typeof(Runbook).Assembly && !content.IsEnum && content.GetCustomAttribute<JsonConverterAttribute>() is null
                    ? Inside(name, content)
                    : [(name, type, property.Name)];
            });

    private static (string Path, Type Content) Unwrap(string path, Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? (path, value)
        : type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? Unwrap(path + "[]", type.GetGenericArguments()[^1])
        : (path, type);

    private static string NameOf(string path, PropertyInfo property) =>
        $"{path}.{property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name)}";
}
