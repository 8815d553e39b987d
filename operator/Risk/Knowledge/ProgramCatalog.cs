using System.Collections.Frozen;
using RunbookOperator.Risk.Knowledge.Kubectl;
using RunbookOperator.Risk.Knowledge.Shell;
using RunbookOperator.Risk.Knowledge.TextTools;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>All programs that are known, by name.</summary>
internal sealed class ProgramCatalog
{
    private static readonly string[] Directories = ["/bin", "/usr/bin", "/usr/local/bin", "/sbin", "/usr/sbin"];

    private readonly FrozenDictionary<string, IProgram> _programs;

    private ProgramCatalog(IEnumerable<IProgram> programs) =>
        _programs = programs.SelectMany(program => program.Names.Select(name => (name, program))).ToFrozenDictionary(pair => pair.name, pair => pair.program, StringComparer.Ordinal);

    /// <summary>The knowledge this build has.</summary>
    public static ProgramCatalog Default { get; } = new([new KubectlProgram(), .. TextToolTable.Load(), .. Builtins.All]);

    /// <summary>The names that are known.</summary>
    public IEnumerable<string> Names => _programs.Keys;

    /// <summary>What is known of the program that <paramref name="word"/> starts; a path counts only if it is one of the system's own.</summary>
    public IProgram? Find(string word)
    {
        var slash = word.LastIndexOf('/');
        return slash < 0 || Directories.Contains(word[..slash]) ? _programs.GetValueOrDefault(word[(slash + 1)..]) : null;
    }
}
