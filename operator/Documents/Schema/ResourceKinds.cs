using RunbookOperator.Api;
using RunbookOperator.Documents.Yaml;

namespace RunbookOperator.Documents.Schema;

/// <summary>The kinds of our group, and which of them a document means to be.</summary>
internal static class ResourceKinds
{
    private static readonly Dictionary<string, Type> Types = typeof(Runbook).Assembly.GetExportedTypes()
        .Where(type => type.IsDefined(typeof(CustomResourceAttribute), inherit: false)).ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Whether a document is of our group; one that has no apiVersion and calls itself a runbook is taken for one.</summary>
    public static bool IsOurs(YamlNode root)
    {
        var (version, kind) = Head(root);
        return version is null
            ? kind?.Text == nameof(Runbook)
            : version.Text == Names.Group || version.Text.StartsWith(Names.Group + "/", StringComparison.Ordinal);
    }

    /// <summary>The type of a document of our group; null if there is no such version or kind, which is then among the problems.</summary>
    public static Type? Find(YamlNode root, ProblemList problems)
    {
        var (version, kind) = Head(root);
        if (version?.Text != Names.ApiVersion)
        {
            problems.Error(RuleIds.Kind, (version ?? root).Start.Position, $"apiVersion must be {Names.ApiVersion}");
            return null;
        }

        if (kind is null || !Types.TryGetValue(kind.Text, out var type))
        {
            problems.Error(RuleIds.Kind, (kind ?? root).Start.Position, kind is null
                ? "the document has no kind"
                : $"{Names.Group} has no kind {ProblemList.Quote(kind.Text)}{Suggestion.For(kind.Text, Types.Keys)}");
            return null;
        }

        return type;
    }

    private static (YamlScalar? Version, YamlScalar? Kind) Head(YamlNode root) => root is YamlMapping mapping
        ? (mapping.Find("apiVersion") as YamlScalar, mapping.Find("kind") as YamlScalar)
        : (null, null);
}
