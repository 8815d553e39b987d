namespace RunbookOperator.Risk.Tests;

public sealed class ProgramsTests
{
    private static readonly RiskClassifier Classifier = new();

    [Theory]
    [InlineData("kubectl get pods", "kubectl")]
    [InlineData("kubectl get pods | jq . ; kubectl get nodes", "kubectl jq")]
    [InlineData("for x in a b; do echo \"$x\"; [ -n \"$x\" ] && cd /tmp; done", "")]
    [InlineData("/usr/bin/kubectl get pods; ./kubectl get pods; /tmp/kubectl get pods", "kubectl ./kubectl /tmp/kubectl")]
    [InlineData("echo x | xargs grep y", "xargs grep")]
    [InlineData("find . -exec cat {} +", "find cat")]
    [InlineData("sudo kubectl get pods", "sudo kubectl")]
    [InlineData("bash -c 'kubectl get pods | head'", "bash kubectl head")]
    [InlineData("x=$(curl -s https://example.com) && wc -l <(date)", "curl wc date")]
    [InlineData("f() { date; }; f", "date")]
    [InlineData("shopctl status", "shopctl")]
    public void What_a_command_starts_is_named(string command, string programs) =>
        Assert.Equal(programs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), Classifier.Classify(command).Programs!.Order());

    [Theory]
    [InlineData("$tool get")]
    [InlineData("eval \"$x\"")]
    [InlineData("bash -c \"$x\"")]
    [InlineData("bash script.sh")]
    [InlineData("source ./more")]
    [InlineData("echo 'a")]
    [InlineData("sudo --what kubectl get pods")]
    [InlineData("awk \"$program\" file")]
    public void Where_that_cannot_be_read_it_is_not_known(string command) => Assert.Null(Classifier.Classify(command).Programs);

    [Fact]
    public void A_text_that_is_not_read_may_start_anything() => Assert.Null(Classifier.Classify(new string('x', RiskClassifier.MaximumLength + 1)).Programs);
}
