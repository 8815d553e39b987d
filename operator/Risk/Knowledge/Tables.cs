using System.Security.Cryptography;
using System.Text;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>The embedded tables of knowledge.</summary>
internal static class Tables
{
    private const string Prefix = "Tables/";
    private const string Sources = "Sources";

    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();

    /// <summary>Reads one table; a key it does not know is an error.</summary>
    public static T Read<T>(string name)
    {
        using var reader = new StreamReader(Open(name));
        return Yaml.Deserialize<T>(reader);
    }

    /// <summary>A hash over all tables, the list of the sources' hashes among them.</summary>
    public static string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in typeof(Tables).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(typeof(Tables).Assembly.GetManifestResourceStream(name)!);
            var text = reader.ReadToEnd();
            // The list of sources has the order of whatever file system it was built on.
            var lines = name == Sources ? text.Split('\n').Order(StringComparer.Ordinal) : text.Split('\n').AsEnumerable();
            hash.AppendData(Encoding.UTF8.GetBytes(name + '\n' + string.Join('\n', lines) + '\0'));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static Stream Open(string name) =>
        typeof(Tables).Assembly.GetManifestResourceStream(Prefix + name) ?? throw new InvalidDataException($"The table {name} is missing.");
}
