namespace RunbookOperator.Risk.Tests;

/// <summary>What a site says of its own programs.</summary>
public sealed class SiteProgramTests
{
    private const string File = """
        programs:
        - {name: shopctl, subcommands: [status, queue list], risk: safe, reason: It reads only.}
        - {name: shopctl, subcommands: [queue drain], risk: caution, reason: The queue fills again.}
        - name: whoswho
          risk: safe
          reason: A directory.
        - {name: kubectl, subcommands: [rollout restart], risk: dangerous, reason: Restarts page everybody here.}
        - {name: cat, risk: safe, reason: It reads only.}
        """;

    private static RiskLevel Level(string command, bool isBase) => new RiskClassifier(SitePrograms.Read("p.yaml", File, isBase)).Classify(command).Level;

    [Theory]
    [InlineData("shopctl status --all", RiskLevel.Safe)]
    [InlineData("shopctl queue list", RiskLevel.Safe)]
    [InlineData("/usr/local/bin/shopctl status", RiskLevel.Safe)]
    [InlineData("shopctl queue drain", RiskLevel.Caution)]
    [InlineData("sudo shopctl status", RiskLevel.Caution)]
    [InlineData("shopctl status queue drain", RiskLevel.Caution)]
    [InlineData("whoswho \"$who\"", RiskLevel.Safe)]
    [InlineData("whoswho > x", RiskLevel.Caution)]
    [InlineData("shopctl purge", RiskLevel.Dangerous)]
    [InlineData("shopctl --as status", RiskLevel.Dangerous)]
    [InlineData("shopctl \"$verb\"", RiskLevel.Dangerous)]
    [InlineData("shopctl status $(cat x)", RiskLevel.Dangerous)]
    [InlineData("./shopctl status", RiskLevel.Dangerous)]
    [InlineData("kubectl rollout restart deploy/x", RiskLevel.Dangerous)]
    [InlineData("kubectl -n a rollout restart deploy/x", RiskLevel.Dangerous)]
    [InlineData("kubectl rollout status deploy/x", RiskLevel.Safe)]
    [InlineData("cat /etc/shadow", RiskLevel.Dangerous)]
    public void The_base_names_unknown_programs_and_raises_known_ones(string command, RiskLevel level) => Assert.Equal(level, Level(command, isBase: true));

    [Theory]
    [InlineData("shopctl status", RiskLevel.Dangerous)]
    [InlineData("shopctl queue drain", RiskLevel.Dangerous)]
    [InlineData("kubectl rollout restart deploy/x", RiskLevel.Dangerous)]
    [InlineData("kubectl get pods", RiskLevel.Safe)]
    public void Another_policy_only_raises(string command, RiskLevel level) => Assert.Equal(level, Level(command, isBase: false));

    [Fact]
    public void The_hash_tells_classifiers_apart_that_know_other_programs()
    {
        Assert.Equal(new RiskClassifier().RuleSetHash, new RiskClassifier(SitePrograms.None).RuleSetHash);
        string[] hashes = [new RiskClassifier().RuleSetHash, new RiskClassifier(SitePrograms.Read("p", File, true)).RuleSetHash, new RiskClassifier(SitePrograms.Read("p", File, false)).RuleSetHash];
        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData("a: b", "p.yaml:1: a list of programs is wanted")]
    [InlineData("- {name: x, reason: y}", "p.yaml:1: `` is no risk: safe, caution or dangerous")]
    [InlineData("- {name: x, risk: safe}", "p.yaml:1: a program needs a name and a reason")]
    [InlineData("- {name: x, risk: safe, reason: y, frob: z}", "p.yaml:1: unknown key `frob`")]
    public void A_file_of_another_form_is_refused_with_its_place(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => SitePrograms.Read("p.yaml", text, true)).Message);

    [Fact]
    public void A_policy_and_json_are_read_too()
    {
        Assert.False(SitePrograms.Read("p", "kind: RunbookPolicy\nspec:\n  programs:\n    - {name: x, risk: safe, reason: y}\n", true).IsEmpty);
        Assert.False(SitePrograms.Read("p", "{\"programs\":[{\"name\":\"x\",\"risk\":\"safe\",\n\"reason\":\"y\"}]}", true).IsEmpty);
    }
}
