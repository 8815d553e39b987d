using FsCheck;
using FsCheck.Fluent;

namespace RunbookOperator.Risk.Tests;

/// <summary>What holds for every text.</summary>
public sealed class PropertyTests
{
    private static readonly RiskClassifier Classifier = new();

    private static readonly string[] Pieces =
    [
        "kubectl", " get", " delete", " pods", " -n", " \"$x\"", " $x", " $(", ")", "`", "'", "\"", "\\", " |", " &&", ";", "\n", " >", " <<EOF\n", "EOF\n", "{ ", " }", "(", "[[ ",
        " ]]", "((", "))", "${", "}", "if ", " then ", " fi", "for i in ", " do ", " done", "case ", " in ", " esac", "x=", "#", "*", "~", "\u200b", "é", "a", "1", "$'", "<(", "!", "&", ";;",
        "awk '{print}'", "echo", "exec x -- ", " --dry-run=client", " $((", "[", "]", ":-", "@P", "f() ", "<<<", "\ud800", "\0",
    ];

    private static readonly string[] Commands =
    [
        "true", "kubectl get pods", "kubectl scale deploy x --replicas=2", "kubectl delete pod x", "rm x", "echo \"$x\"", "kubectl get secret x -o yaml", "cat *.log", "kubectl logs $x",
        "echo a > x", "awk '{print $1}' f",
    ];

    private static readonly string[] Compounds =
        ["{0}; {1}", "{0} && {1}", "{0} || {1}", "{0} | {1}", "{0} & {1}", "({0}); {1}", "{{ {0}; {1}; }}", "if {0}; then {1}; fi", "while {0}; do {1}; done", "echo \"$({0})\"; {1}", "f() {{ {0}; }}; {1}"];

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(3000);

    private static Gen<string> Text { get; } = Gen.Elements(Pieces).ListOf().Select(string.Concat);

    [Fact]
    public void No_text_makes_it_throw_and_every_span_lies_within_the_text() => Prop.ForAll(Text.ToArbitrary(), IsSound).Check(Runs);

    [Fact]
    public void The_same_holds_for_any_characters() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "").ToArbitrary(), IsSound).Check(Runs);

    [Fact]
    public void The_same_text_always_gets_the_same_answer() =>
        Prop.ForAll(Text.ToArbitrary(), text => Classifier.Classify(text).Reasons.SequenceEqual(new RiskClassifier().Classify(text).Reasons)).Check(Runs);

    [Fact]
    public void A_compound_is_as_risky_as_its_riskiest_part()
    {
        var parts = from form in Gen.Elements(Compounds) from first in Gen.Elements(Commands) from second in Gen.Elements(Commands) select (form, first, second);
        Prop.ForAll(parts.ToArbitrary(), one => Level(string.Format(one.form, one.first, one.second)) == RiskLevels.Max(Level(one.first), Level(one.second))).Check(Runs);
    }

    [Fact]
    public void Text_put_behind_a_command_never_makes_it_less_risky_than_what_was_understood()
    {
        var parts = from first in Gen.Elements(Commands) from rest in Text select (first, rest);
        Prop.ForAll(parts.ToArbitrary(), one => Level(one.first + "; " + one.rest) >= Level(one.first)).Check(Runs);
    }

    private static RiskLevel Level(string command) => Classifier.Classify(command).Level;

    private static bool IsSound(string text)
    {
        var verdict = Classifier.Classify(text);
        return verdict.Reasons.Count > 0
            && verdict.Level == verdict.Reasons.Max(reason => reason.Level)
            && verdict.Reasons.All(reason => reason.Span.Start >= 0 && reason.Span.Length >= 0 && reason.Span.End <= text.Length);
    }
}
