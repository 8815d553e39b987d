using System.Text.Json;
using System.Text.Json.Nodes;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Cli.Rendering;

/// <summary>Prints what a verb changed, as kubectl does after a change.</summary>
internal static class ObjectPrinter
{
    /// <summary><c>type/name past</c>, or the object in the format asked for.</summary>
    /// <param name="writer">Standard output.</param>
    /// <param name="format">What <c>-o</c> asks for.</param>
    /// <param name="value">The object as stored.</param>
    /// <param name="subject">Type and name of what was changed; it may be another object than the one stored.</param>
    /// <param name="past">What was done, such as <c>approved</c>.</param>
    public static void Print<T>(TextWriter writer, OutputFormat format, T value, string subject, string past)
        where T : IKubernetesObject<T>
    {
        switch (format)
        {
            case OutputFormat.Json or OutputFormat.Yaml:
                Print(writer, format, JsonSerializer.SerializeToNode(value, KubernetesJson.Options)!.AsObject());
                break;
            case OutputFormat.Name:
                writer.WriteLine(ResourceNames.Of<T>(value.Metadata.Name));
                break;
            default:
                writer.WriteLine($"{subject} {past}");
                break;
        }
    }

    /// <summary>An object or a list as JSON or YAML.</summary>
    public static void Print(TextWriter writer, OutputFormat format, JsonNode value) =>
        writer.Write(format == OutputFormat.Yaml ? MachineText.Yaml(value) : MachineText.Json(value));
}
