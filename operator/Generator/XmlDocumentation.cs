using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace RunbookOperator.Generator;

/// <summary>The summaries of types and properties, from the documentation files that the compiler wrote beside their assemblies.</summary>
internal sealed class XmlDocumentation
{
    private readonly Dictionary<Assembly, Dictionary<string, XElement>> _files = [];

    /// <summary>The summary of a type.</summary>
    public string Of(Type type) => Summary(type.Assembly, $"T:{type.FullName}");

    /// <summary>The summary of a property.</summary>
    public string Of(PropertyInfo property) =>
        Summary(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}");

    private string Summary(Assembly assembly, string id)
    {
        if (!_files.TryGetValue(assembly, out var members))
        {
            _files[assembly] = members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
                .ToDictionary(member => (string)member.Attribute("name")!, member => member);
        }

        return members.TryGetValue(id, out var found) && found.Element("summary") is { } summary
            ? Text(summary)
            : throw new InvalidOperationException($"{id} has no summary; the API shows it to people");
    }

    private static string Text(XElement summary)
    {
        var text = new StringBuilder();
        foreach (var node in summary.DescendantNodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "see" } see => Reference((string?)see.Attribute("cref") ?? ""),
                _ => "",
            });
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // People see fields as they are in YAML: P:RunbookOperator.Kubernetes.Condition.Status is status.
    private static string Reference(string cref)
    {
        var name = cref[(cref.LastIndexOf('.') + 1)..];
        return cref.StartsWith("P:", StringComparison.Ordinal) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
    }
}
