namespace RunbookOperator.Generator;

/// <summary>Finds the repository that the generated files belong to.</summary>
internal static class Repository
{
    private const string Solution = "RunbookOperator.sln";

    /// <summary>The nearest folder at or above <paramref name="start"/> that holds the solution.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no {Solution} in {start} or above it; give the repository's folder as argument");
    }
}
