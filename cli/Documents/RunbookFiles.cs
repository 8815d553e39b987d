using RunbookOperator.Documents;

namespace RunbookOperator.Cli.Documents;

/// <summary>Finds and reads the files that a command line names.</summary>
internal static class RunbookFiles
{
    private static readonly EnumerationOptions Below = new()
    {
        RecurseSubdirectories = true,
        // Links may lead round in circles, or out of the tree; folders such as .git hold no runbooks.
        AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden | FileAttributes.System,
        IgnoreInaccessible = false,
    };

    /// <summary>The files that <paramref name="paths"/> mean, each once, in the order of their names: a file is itself whatever it is called, a
    /// folder is every <c>*.yaml</c> and <c>*.yml</c> below it.</summary>
    /// <exception cref="CliException">A path is not there, or nothing is found.</exception>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> paths)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                found.UnionWith(Directory.EnumerateFiles(path, "*", Below).Where(IsYaml));
            }
            else if (File.Exists(path))
            {
                found.Add(path);
            }
            else
            {
                throw new CliException($"{path} is not there", ExitCode.NotValidated);
            }
        }

        return found.Count > 0 ? [.. found] : throw new CliException($"no YAML files below {string.Join(", ", paths)}", ExitCode.NotValidated);
    }

    /// <summary>Reads a file as far as a reader of runbooks looks: one byte more than the limit, so that the reader can say that it is too large.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(file);
        var content = new byte[DocumentLimits.Bytes + 1];
        var length = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken);
        return content.AsMemory(0, length);
    }

    private static bool IsYaml(string file) => Path.GetExtension(file) is ".yaml" or ".yml";
}
