using System.Text;
using System.Text.Json;
using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Tests;

/// <summary>What does not change a command does not change its verdict, and what is put around it never lowers it.</summary>
public sealed class InvarianceTests
{
    private static readonly RiskClassifier Classifier = new();

    /// <summary>Where a command of any level can stand: each keeps it running, or says less of it than before.</summary>
    private static readonly string[] Wrappers =
    [
        "({0}\n)", "{{ {0}\n}}", "! {0}", "time {0}", "if true; then {0}\nfi", "if {0}\nthen true; fi", "while true; do {0}\ndone", "until {0}\ndo true; done", "for i in 1 2; do {0}\ndone", "case a in a) {0}\n;; esac",
        "f() {{ {0}\n}}; f", "echo \"$({0}\n)\"", "x=$({0}\n)", "cat <({0}\n)", "[[ -n $({0}\n) ]]", "true; {0}", "true && {0}", "false || {0}", "{0}\ntrue", "true | {{ {0}\n}}", "{{ {0}\n}} | cat", "{{ {0}\n}} > /dev/null",
        "{{ {0}\n}} 2>&1", "{{ {0}\n}} &", "coproc {{ {0}\n}}", "{{ {{ {{ {0}\n}} }} }}", "( ( {0}\n) )", "for ((i=0;i<2;i++)); do {0}\ndone", "select i in a; do {0}\ndone", "kubectl get pods; {0}", "# note\n{0}",
    ];

    /// <summary>What runs the simple command behind it.</summary>
    private static readonly string[] Carriers =
    [
        "command {0}", "env {0}", "env A=1 {0}", "A=1 {0}", "nice {0}", "nice -n 5 {0}", "nohup {0}", "timeout 5 {0}", "timeout -s KILL 5s {0}", "sudo {0}", "sudo -u root {0}", "setsid {0}", "stdbuf -oL {0}", "watch {0}", "xargs {0}",
        ">/dev/null {0}", "2>&1 {0}",
    ];

    private static List<string> Corpus { get; } =
        [.. new[] { "real.jsonl", "adversarial.jsonl" }
            .SelectMany(file => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpus", file)))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("command").GetString()!)
            .Where(command => ShellParser.Parse(command).Items.All(item => item.Command is not ErrorNode))];

    private static RiskLevel Level(string command) => Classifier.Classify(command).Level;

    [Fact]
    public void Nothing_put_around_a_command_lowers_it() =>
        Never((before, after) => after < before, command => Wrappers.Select(wrapper => string.Format(wrapper, command)));

    [Fact]
    public void No_program_that_carries_a_command_lowers_it() =>
        Never((before, after) => after < before, command => IsPlain(command) ? Carriers.Select(carrier => string.Format(carrier, command)) : []);

    [Fact]
    public void Another_command_beside_it_never_lowers_it()
    {
        var others = Corpus.Where((_, index) => index % 97 == 0).ToList();
        Never((before, after) => after < before, command => others.Where(other => !other.Contains("<<")).SelectMany(other => (string[])[$"{other}\n{command}", $"{{ {other}\n}} && {{ {command}\n}}"]));
    }

    [Fact]
    public void Blanks_and_line_continuations_between_words_change_nothing() =>
        Never((before, after) => after != before, command =>
            [.. new[] { "  ", "\t", " \\\n", "\\\n ", " \\\n\\\n\t" }.Select(blank => BetweenWords(command, blank)), "  " + command, "\\\n" + command, "\n\n" + command + "\n"]);

    [Fact]
    public void Quotes_that_the_shell_takes_away_change_nothing() =>
        Never((before, after) => after != before, command => new Func<string, string>[]
        {
            word => $"'{word}'",
            word => $"\"{word}\"",
            word => string.Concat(word.Select(c => char.IsAsciiLetter(c) ? $"\\{c}" : c.ToString())),
            word => word[..1] + "''" + word[1..],
            word => word[..1] + $"\"{word[1..]}\"",
            word => "$'" + string.Concat(word.Select(c => $"\\x{(int)c:x2}")) + "'",
            word => "$'" + string.Concat(word.Select(c => $"\\{Convert.ToString(c, 8)}")) + "'",
            word => word[..1] + "\\\n" + word[1..],
            word => word + "\"\"",
        }.Select(quote => Requoted(command, quote)));

    private static void Never(Func<RiskLevel, RiskLevel, bool> wrong, Func<string, IEnumerable<string>> variants)
    {
        var found = new List<string>();
        foreach (var command in Corpus)
        {
            var before = Level(command);
            found.AddRange(variants(command).Where(variant => variant.Length <= RiskClassifier.MaximumLength && wrong(before, Level(variant))).Select(variant => $"{before} became {Level(variant)}: {command} -> {variant}"));
        }

        Assert.True(found.Count == 0, $"{found.Count}\n{string.Join('\n', found.Take(12))}");
    }

    private static bool IsPlain(string command) =>
        ShellParser.Parse(command).Items is [{ Command: SimpleCommand { Assignments.Count: 0, Redirections.Count: 0, Declarations.Count: 0, Words: [{ Bare: { } name }, ..] } }]
            && name is not ("cd" or "export" or "set" or "exit" or "wait" or "read" or "unset" or "shopt" or "trap" or "alias" or "declare" or "eval" or "exec" or "source" or ".");

    private static string BetweenWords(string command, string blank)
    {
        var text = new StringBuilder();
        var from = 0;
        foreach (var word in TopWords(command).Skip(1))
        {
            if (command[word.Span.Start - 1] == ' ')
            {
                text.Append(command, from, word.Span.Start - 1 - from).Append(blank);
                from = word.Span.Start;
            }
        }

        return text.Append(command, from, command.Length - from).ToString();
    }

    // Only words of which every character is a letter, a digit or a harmless sign: quoting a pattern or a brace would change it.
    private static string Requoted(string command, Func<string, string> quote)
    {
        var text = new StringBuilder();
        var from = 0;
        foreach (var word in TopWords(command))
        {
            if (word.Bare is { Length: > 1 } bare && bare.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:".Contains(c)) && bare is not ("export" or "declare" or "typeset" or "local" or "readonly" or "time"))
            {
                text.Append(command, from, word.Span.Start - from).Append(quote(bare));
                from = word.Span.End;
            }
        }

        return text.Append(command, from, command.Length - from).ToString();
    }

    /// <summary>The words of the simple commands that stand at the top: in lists and pipelines.</summary>
    private static IEnumerable<Word> TopWords(string command) => ShellParser.Parse(command).Items.SelectMany(item => Words(item.Command));

    private static IEnumerable<Word> Words(ShellNode node) => node switch
    {
        SimpleCommand simple => simple.Words,
        Pipeline pipeline => pipeline.Commands.SelectMany(Words),
        _ => [],
    };
}
