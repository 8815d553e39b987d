using RunbookOperator.Risk.Knowledge.Git;
using RunbookOperator.Risk.Knowledge.Kubectl;
using RunbookOperator.Risk.Knowledge.Machine;
using RunbookOperator.Risk.Languages.Http;
using RunbookOperator.Risk.Languages.Redis;
using RunbookOperator.Risk.Languages.Sed;
using RunbookOperator.Risk.Languages.Yq;

namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>Judges what the table of a verb cannot say. It runs after the table and can only add findings.</summary>
internal interface IProgramCode
{
    /// <summary>Adds to what was found about <paramref name="command"/>.</summary>
    void Judge(TableCommand command);
}

/// <summary>The code that tables name: <c>code</c> at a verb adds to the table, <c>class</c> at a program takes its place.</summary>
internal static class ProgramCodes
{
    private static readonly Dictionary<string, IProgramCode> Codes = new(StringComparer.Ordinal)
    {
        ["ansible"] = new AnsibleCode(),
        ["curl"] = new CurlCode(),
        ["git-checkout"] = new GitCheckout(),
        ["git-diff"] = new GitDiff(),
        ["git-push"] = new GitPush(),
        ["wget"] = new WgetCode(),
        ["redis-cli"] = new RedisCliCode(),
        ["sed"] = new SedCode(),
        ["yq"] = new YqCode(),
        ["carries-ceph"] = new CarriedProgram("ceph"),
        ["carries-crictl"] = new CarriedProgram("crictl"),
        ["carries-ctr"] = new CarriedProgram("ctr"),
        ["carries-docker-compose"] = new CarriedProgram("docker-compose"),
        ["carries-kubectl"] = new CarriedProgram("kubectl"),
        ["copy"] = new CopyCode(),
        ["gathering"] = new MustGather(),
        ["session-or-command"] = new CommandBehindDashes("kubectl.interactive"),
        ["copies"] = new CopyOperands(),
        ["kill"] = new KillTargets(),
        ["one-command"] = new OneCommand(),
        ["package-names"] = new PackageNames(),
        ["pager"] = new PagerOperands(),
        ["ps"] = new PsOptions(),
        ["tar"] = new TarCommand(),
        ["units"] = new UnitNames(),
    };

    private static readonly Dictionary<string, Func<ProgramSpec, IProgram>> Classes = new(StringComparer.Ordinal)
    {
        ["kubectl"] = static program => new KubectlProgram(program),
    };

    /// <summary>The code with this name; null if there is none.</summary>
    public static IProgramCode? Named(string name) => Codes.GetValueOrDefault(name);

    /// <summary>What judges <paramref name="program"/>.</summary>
    public static IProgram Of(ProgramSpec program) =>
        program.Class.Length == 0 ? new TableProgram(program)
        : Classes.TryGetValue(program.Class, out var create) ? create(program)
        : throw new InvalidDataException($"There is no class `{program.Class}`.");
}
