using System.Security.Cryptography;
using System.Text;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>The embedded tables of knowledge.</summary>
internal static class Tables
{
    private const string Sources = "Sources";

    /// <summary>The text of one table.</summary>
    public static string Text(string name)
    {
        using var reader = new StreamReader(
            typeof(Tables).Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"The table {name} is missing."));
        return reader.ReadToEnd();
    }

    /// <summary>Whether there is a table of this name.</summary>
    public static bool Exists(string name) => typeof(Tables).Assembly.GetManifestResourceInfo(name) is not null;

    /// <summary>The names of the tables in one folder, in order.</summary>
    public static IEnumerable<string> In(string folder) =>
        typeof(Tables).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>One of the lists of words that are no programs.</summary>
    public static TableMap Lists(string name) => new(TableYaml.Read(name, Text("Lists/" + name)));

    /// <summary>A hash over all tables, the list of the sources' hashes among them.</summary>
    public static string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in typeof(Tables).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            var text = Text(name);
            // The list of sources has the order of whatever file system it was built on.
            var lines = name == Sources ? text.Split('\n').Order(StringComparer.Ordinal) : text.Split('\n').AsEnumerable();
            hash.AppendData(Encoding.UTF8.GetBytes(name + '\n' + string.Join('\n', lines) + '\0'));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
