using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Tests;

/// <summary>What bash makes of braces; the words on the right were printed by bash 5.2.</summary>
public sealed class BraceTests
{
    private static List<string>? Words(string word)
    {
        var command = Assert.IsType<SimpleCommand>(Assert.Single(ShellParser.Parse("x " + word).Items).Command);
        return BraceExpansion.Expand(Assert.Single(command.Words.Skip(1)))?.Select(one => one.Literal ?? "?").ToList();
    }

    [Theory]
    [InlineData("{a,b}", "a b")]
    [InlineData("/var/log/{syslog,auth.log}", "/var/log/syslog /var/log/auth.log")]
    [InlineData("app.conf{,.bak}", "app.conf app.conf.bak")]
    [InlineData("{a,b}{1,2}", "a1 a2 b1 b2")]
    [InlineData("x{a,b{1,2},c}y", "xay xb1y xb2y xcy")]
    [InlineData("{1..5}", "1 2 3 4 5")]
    [InlineData("{5..1..2}", "5 3 1")]
    [InlineData("{01..03}", "01 02 03")]
    [InlineData("{-1..1}", "-1 0 1")]
    [InlineData("{a..e..2}", "a c e")]
    [InlineData("{a,b}}", "a} b}")]
    [InlineData("{}", "{}")]
    [InlineData("{a}", "{a}")]
    [InlineData("{1..a}", "{1..a}")]
    [InlineData("{a..}", "{a..}")]
    [InlineData("'{a,b}'", "{a,b}")]
    [InlineData("\\{a,b}", "{a,b}")]
    [InlineData("{a,b}'c d'", "ac d bc d")]
    public void Braces_become_the_words_that_bash_makes_of_them(string word, string words) => Assert.Equal(words, string.Join(' ', Words(word)!));

    [Theory]
    [InlineData("{a,\"b c\"}")]
    [InlineData("{a,$x}")]
    [InlineData("{1..$x}")]
    [InlineData("{{a,b}")]
    [InlineData("[{\"op\":\"remove\",\"path\":\"/x\"}]")]
    [InlineData("{1..257}")]
    [InlineData("{1..9999999}")]
    [InlineData("{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}{}")]
    [InlineData("{{{{{{{{{{a,b},c},c},c},c},c},c},c},c},c}")]
    public void What_cannot_be_told_stays_unknown(string word) => Assert.Null(Words(word));

    [Theory]
    [InlineData("ls -l /var/log/{syslog,auth.log}", RiskLevel.Safe)]
    [InlineData("cat /etc/{hosts,shadow}", RiskLevel.Dangerous)]
    [InlineData("cat {\"/etc/shadow\",/etc/hosts}", RiskLevel.Dangerous)]
    [InlineData("kubectl get {pods,nodes}", RiskLevel.Safe)]
    [InlineData("kubectl {delete,pod,x}", RiskLevel.Dangerous)]
    [InlineData("{rm,-rf,/data}", RiskLevel.Dangerous)]
    [InlineData("{git,push,--force}", RiskLevel.Dangerous)]
    [InlineData("git push {--force,origin}", RiskLevel.Dangerous)]
    [InlineData("for i in {1..3}; do kubectl logs api-$i; done", RiskLevel.Safe)]
    [InlineData("for i in {1..$n}; do kubectl logs api-$i; done", RiskLevel.Dangerous)]
    [InlineData("export {PATH,B}=/tmp", RiskLevel.Dangerous)]
    [InlineData("echo x > {a,b}", RiskLevel.Dangerous)]
    [InlineData("find . -name '*.{log,gz}'", RiskLevel.Safe)]
    [InlineData("ls *.{log,gz}", RiskLevel.Safe)]
    public void Every_word_that_braces_make_is_judged(string command, RiskLevel level) => Assert.Equal(level, new RiskClassifier().Classify(command).Level);
}
