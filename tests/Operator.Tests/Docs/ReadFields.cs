using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using RunbookOperator.Api;

namespace RunbookOperator.Operator.Tests.Docs;

/// <summary>Which properties of the kinds the product's code asks for: those whose getters its assemblies refer to.</summary>
internal static class ReadFields
{
    private const string Getter = "get_";

    /// <summary>Type and property, such as <c>RunbookStep.Run</c>.</summary>
    /// <param name="assemblies">The files of the assemblies. A compiler lists in each exactly the members of others that its code uses.</param>
    public static IReadOnlySet<string> Of(IEnumerable<string> assemblies) => assemblies.SelectMany(Of).ToHashSet(StringComparer.Ordinal);

    private static List<string> Of(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.MemberReferences.Select(metadata.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference)
                .Select(member => (Type: metadata.GetTypeReference((TypeReferenceHandle)member.Parent), Name: metadata.GetString(member.Name)))
                .Where(member => member.Name.StartsWith(Getter, StringComparison.Ordinal) && IsOurs(metadata, member.Type))
                .Select(member => $"{metadata.GetString(member.Type.Name)}.{member.Name[Getter.Length..]}"),
        ];
    }

    private static bool IsOurs(MetadataReader metadata, TypeReference type) =>
        type.ResolutionScope.Kind == HandleKind.AssemblyReference
        && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name) == typeof(Runbook).Assembly.GetName().Name;
}
