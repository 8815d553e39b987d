using System.Security.Cryptography;
using System.Text;
using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge;

namespace RunbookOperator.Risk;

/// <summary>What a site says of its programs. Where several entries are about the same command, the riskiest counts.</summary>
public sealed class SitePrograms
{
    private readonly SiteProgram[] _programs;

    /// <summary>The entries, in any order.</summary>
    public SitePrograms(IEnumerable<SiteProgram> programs)
    {
        ArgumentNullException.ThrowIfNull(programs);
        _programs = [.. programs.OrderBy(program => program.Name, StringComparer.Ordinal).ThenBy(program => program.Level).ThenBy(program => program.Reason, StringComparer.Ordinal)];
    }

    /// <summary>Nothing is said.</summary>
    public static SitePrograms None { get; } = new([]);

    /// <summary>Whether nothing is said.</summary>
    public bool IsEmpty => _programs.Length == 0;

    /// <summary>
    /// Reads a file: a list of <c>{name, subcommands, risk, reason}</c>, or a map with it under <c>programs</c>, or a policy with it under <c>spec</c>.
    /// YAML or JSON.
    /// </summary>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="text">What it holds.</param>
    /// <param name="isBase">Whether it speaks for the base policy.</param>
    /// <exception cref="InvalidDataException">It is not of that form; the message begins with file and line.</exception>
    public static SitePrograms Read(string name, string text, bool isBase)
    {
        var value = TableYaml.Read(name, text);
        value = Field(value, "spec") ?? value;
        value = Field(value, "programs") ?? value;
        return new((value.Items ?? throw value.Error("a list of programs is wanted")).Select(item => ReadOne(item, isBase)));
    }

    /// <summary>Notes what is said of a program that the classifier knows; it can only raise.</summary>
    internal void Raise(string program, IReadOnlyList<Argument> arguments, TextSpan span, Findings findings)
    {
        if (Riskiest(_programs.Where(entry => entry.Name == program && MayBe(entry, arguments))) is { } entry)
        {
            Add(entry, span, findings);
        }
    }

    /// <summary>Notes what the base says of a program that the classifier does not know; false if that is nothing.</summary>
    internal bool Judge(string program, IReadOnlyList<Argument> arguments, TextSpan span, Findings findings)
    {
        if (!_programs.Any(entry => entry.IsBase && entry.Name == program && Is(entry, arguments)))
        {
            return false;
        }

        foreach (var argument in arguments.Where(argument => argument.CouldBeFlag || argument.GlobsFromStart))
        {
            findings.Add("shell.unquoted", argument);
        }

        Add(Riskiest(_programs.Where(entry => entry.Name == program && MayBe(entry, arguments)))!, span, findings);
        return true;
    }

    /// <summary>The hash <paramref name="rules"/>, or that together with what is said here.</summary>
    internal string Hash(string rules) => IsEmpty
        ? rules
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            rules + string.Concat(_programs.Select(entry => $"\0{entry.Name}\0{entry.Level}\0{entry.Reason}\0{entry.IsBase}\0{string.Join('\u0001', entry.Subcommands)}")))))[..16];

    private static SiteProgram? Riskiest(IEnumerable<SiteProgram> entries) => entries.MaxBy(entry => entry.Level);

    private static void Add(SiteProgram entry, TextSpan span, Findings findings) =>
        findings.AddMessage($"site.{entry.Level.ToText()}", span, $"`{entry.Name}`: {entry.Reason}");

    // To lower, the words of a subcommand must stand right behind the program: flags before them may take values that are not known.
    private static bool Is(SiteProgram entry, IReadOnlyList<Argument> arguments) =>
        entry.Subcommands.Count == 0 || entry.Subcommands.Any(subcommand => Words(subcommand) is var words
            && arguments.Count >= words.Length && words.Zip(arguments).All(pair => pair.Second.IsLiteral && pair.Second.Text == pair.First));

    // To raise, they may stand anywhere in this order, and what is not known may be one.
    private static bool MayBe(SiteProgram entry, IReadOnlyList<Argument> arguments) =>
        entry.Subcommands.Count == 0 || entry.Subcommands.Any(subcommand => arguments.Aggregate(Words(subcommand).AsEnumerable(), Behind).FirstOrDefault() is null);

    private static IEnumerable<string> Behind(IEnumerable<string> words, Argument argument) =>
        words.FirstOrDefault() is { } word && (!argument.IsLiteral || argument.Text == word) ? words.Skip(1) : words;

    private static string[] Words(string subcommand) => subcommand.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static TableValue? Field(TableValue value, string key) => value.Fields?.FirstOrDefault(field => field.Key == key).Value;

    private static SiteProgram ReadOne(TableValue value, bool isBase)
    {
        var map = new TableMap(value);
        var (name, risk, reason, subcommands) = (map.Text("name"), map.Text("risk"), map.Text("reason"), map.Items("subcommands"));
        map.Done();
        if (name.Length == 0 || reason.Length == 0)
        {
            throw value.Error("a program needs a name and a reason");
        }

        return RiskLevels.TryParse(risk, out var level)
            ? new SiteProgram(name, level, reason)
            {
                Subcommands = [.. subcommands.Select(item => item.Text ?? throw item.Error("a subcommand is a text"))],
                IsBase = isBase,
            }
            : throw value.Error($"`{risk}` is no risk: safe, caution or dangerous");
    }
}
