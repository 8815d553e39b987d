using FsCheck;
using FsCheck.Fluent;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Tests;

/// <summary>What holds for commands that nobody wrote: every program, with flags of its table and operands of all kinds.</summary>
public sealed class GeneratedCommandTests
{
    private static readonly RiskClassifier Classifier = new();

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(4000);

    private static readonly string[] Operands =
        ["x", "pods", "/tmp/x", "/etc/shadow", "a=b", "10", "*.log", "\"$x\"", "$x", "'select 1'", "'drop table t'", "\"$(cat f)\"", "http://h/x", "db-1:/x", "-", "--", "--frob", "-Z", "{a,b}", "'a b'", "{}", "+x", "%1"];

    private static readonly string[] Wrappers =
        ["({0})", "{{ {0}; }}", "if true; then {0}; fi", "while true; do {0}; done", "f() {{ {0}; }}; f", "x=$({0})", "cat <({0})", "true && {0}", "{0} > /dev/null", "{{ {0}; }} | cat", "true; {0}", "{0}; true"];

    private static readonly string[] Carriers = ["env A=1 {0}", "nice -n 5 {0}", "nohup {0}", "timeout 5 {0}", "sudo {0}", "setsid {0}", "stdbuf -oL {0}", "command {0}", "2>&1 {0}"];

    // `time` by itself is a word of the shell, behind a carrier it is the program.
    private static readonly string[] Programs = [.. TableIndex.Embedded.Names.Where(name => name != "time").Order(StringComparer.Ordinal)];

    private static Gen<List<string>> Command { get; } =
        from name in Gen.Elements(Programs)
        from verb in VerbOf(ProgramSpec.Read(TableIndex.Embedded, name)!.Root)
        from arguments in Argument(verb).ListOf()
        select (List<string>)[name, .. verb.Path.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. arguments.Take(4)];

    private static Gen<VerbSpec> VerbOf(VerbSpec verb)
    {
        var below = verb.Children.ToArray();
        return below.Length == 0 ? Gen.Constant(verb) : Gen.Frequency((1, Gen.Constant(verb)), (6, Gen.Elements(below).SelectMany(VerbOf)));
    }

    private static Gen<string> Argument(VerbSpec verb)
    {
        var flags = verb.Flags.All().Select(pair => pair.Key).Where(name => name.TrimStart('-').All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && name.Length > 1).ToArray();
        var operand = Gen.Elements(Operands);
        return flags.Length == 0
            ? operand
            : Gen.Frequency((3, operand), (3, Gen.Elements(flags)), (2, from flag in Gen.Elements(flags) from value in operand select flag.StartsWith("--", StringComparison.Ordinal) ? $"{flag}={value}" : flag + value));
    }

    private static RiskLevel Level(string command) => Classifier.Classify(command).Level;

    private static void Check(Func<List<string>, IEnumerable<(string Before, string After, bool Same)>> variants) =>
        Prop.ForAll(Command.ToArbitrary(), words =>
        {
            foreach (var (before, after, same) in variants(words))
            {
                var (first, second) = (Level(before), Level(after));
                if (same ? first != second : second < first)
                {
                    throw new InvalidOperationException($"{first} became {second}: {before} -> {after}");
                }
            }
        }).Check(Runs);

    [Fact]
    public void Nothing_put_around_a_generated_command_lowers_it() => Check(words =>
    {
        var command = string.Join(' ', words);
        return Wrappers.Select(wrapper => (command, string.Format(wrapper, command), false));
    });

    [Fact]
    public void No_carrier_lowers_a_generated_command() => Check(words =>
    {
        var command = string.Join(' ', words);
        return Carriers.Select(carrier => (command, string.Format(carrier, command), false));
    });

    [Fact]
    public void A_generated_command_is_as_risky_as_the_riskiest_of_two() =>
        Prop.ForAll((from one in Command from other in Command select (string.Join(' ', one), string.Join(' ', other))).ToArbitrary(), pair =>
            Level($"{pair.Item1}\n{pair.Item2}") >= RiskLevels.Max(Level(pair.Item1), Level(pair.Item2))).Check(Runs);

    [Fact]
    public void Blanks_between_the_words_of_a_generated_command_change_nothing() =>
        Check(words => new[] { "  ", "\t", " \\\n", "\\\n " }.Select(blank => (string.Join(' ', words), string.Join(blank, words), true)));

    [Fact]
    public void Quotes_that_the_shell_takes_away_from_a_generated_command_change_nothing() => Check(words =>
    {
        var command = string.Join(' ', words);
        return new Func<string, string>[] { word => $"'{word}'", word => $"\"{word}\"", word => word[..1] + "''" + word[1..] }
            .Select(quote => (command, string.Join(' ', words.Select(word => IsPlain(word) ? quote(word) : word)), true));
    });

    [Fact]
    public void Another_operand_never_lowers_what_an_unknown_flag_raised() => Check(words =>
        [($"{words[0]} --frobnicate-the-grommet {string.Join(' ', words.Skip(1))}", $"{words[0]} --frobnicate-the-grommet {string.Join(' ', words.Skip(1))} x", false)]);

    private static bool IsPlain(string word) => word.Length > 1 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:".Contains(c));
}
