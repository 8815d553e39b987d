using System.Collections.Concurrent;
using RunbookOperator.Risk.Knowledge.Programs;
using RunbookOperator.Risk.Knowledge.Shell;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>All programs that are known, by name. The knowledge of one is read when it is first asked for.</summary>
internal sealed class ProgramCatalog
{
    private static readonly string[] Directories = ["/bin", "/usr/bin", "/usr/local/bin", "/sbin", "/usr/sbin", "/opt/gitlab/bin", "/opt/gitlab/embedded/bin"];

    // Known beside the shell's own commands, and programs all the same.
    private static readonly string[] NotOfTheShell = ["xargs", "find", "sleep"];

    private static readonly HashSet<string> OfTheShell = [.. Builtins.All.SelectMany(program => program.Names).Except(NotOfTheShell)];

    private readonly Dictionary<string, IProgram> _builtins;
    private readonly TableIndex _index;
    private readonly ConcurrentDictionary<string, IProgram?> _programs = new(StringComparer.Ordinal);

    /// <summary>A catalog of the shell's own commands and of what <paramref name="index"/> holds.</summary>
    public ProgramCatalog(TableIndex index)
    {
        _index = index;
        _builtins = Builtins.All.SelectMany(program => program.Names.Select(name => (name, program))).ToDictionary(pair => pair.name, pair => pair.program, StringComparer.Ordinal);
    }

    /// <summary>The knowledge this build has.</summary>
    public static ProgramCatalog Default { get; } = new(TableIndex.Embedded);

    /// <summary>The names that are known.</summary>
    public IEnumerable<string> Names => _builtins.Keys.Concat(_index.Names);

    /// <summary>Whether <paramref name="word"/> is found along the path or stands in a directory of the system: another path could hold anything.</summary>
    public static bool IsOfTheSystem(string word) => word.LastIndexOf('/') is var slash && (slash < 0 || Directories.Contains(word[..slash]));

    /// <summary>Whether the shell itself does what <paramref name="word"/> says: nothing is started.</summary>
    public static bool IsBuiltin(string word) => OfTheShell.Contains(word);

    /// <summary>What is known of the program that <paramref name="word"/> starts; a path counts only if it is one of the system's own.</summary>
    public IProgram? Find(string word)
    {
        if (!IsOfTheSystem(word))
        {
            return null;
        }

        var name = word[(word.LastIndexOf('/') + 1)..];
        return _builtins.GetValueOrDefault(name) ?? (_index.Of(name).Count == 0 ? null : _programs.GetOrAdd(name, Read));
    }

    private IProgram? Read(string name) => ProgramSpec.Read(_index, name) is { } program ? ProgramCodes.Of(program) : null;
}
