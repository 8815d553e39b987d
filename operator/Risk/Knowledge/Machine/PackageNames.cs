using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge.Machine;

/// <summary>Packages to install: a file or an address brings its own scripts, and `name-` removes what it names.</summary>
internal sealed class PackageNames : IProgramCode
{
    private static readonly string[] Endings = [".deb", ".rpm", ".apk", ".gem", ".whl", ".tgz", ".tar.gz", ".zip", ".rb", ".snap"];

    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        foreach (var name in command.Operands.Where(name => name.HasOpaque || !IsName(name.Text)))
        {
            command.Findings.Add("package.code", name);
        }
    }

    private static bool IsName(string text) =>
        text is not (['.' or '/' or '~', ..] or [.., '-']) && !text.Contains(':', StringComparison.Ordinal) && !text.Contains("../", StringComparison.Ordinal)
        && !text.Contains("git+", StringComparison.Ordinal) && !Endings.Any(ending => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
