namespace RunbookOperator.Risk.Tests;

/// <summary>Programs that read and print, and the code some of them take.</summary>
public sealed class TextToolTests
{
    [Theory]
    [InlineData("grep -c \"$pattern\"", "text.read")]
    [InlineData("grep -E 'rm|reboot' -A3 -i", "text.read")]
    [InlineData("head -20", "text.read")]
    [InlineData("head -n 5", "text.read")]
    [InlineData("tail -n +2", "text.read")]
    [InlineData("wc -l", "text.read")]
    [InlineData("cut -d' ' -f1", "text.read")]
    [InlineData("tr a-z A-Z", "text.read")]
    [InlineData("sort -rn -k2", "text.read")]
    [InlineData("sort | uniq -c", "text.read")]
    [InlineData("jq '.items[] | .metadata.name'", "text.read")]
    [InlineData("jq --arg x \"$x\" '.a == $x'", "text.read")]
    [InlineData("jq .env", "text.read")]
    [InlineData("awk '/timeout/ {n++} END {print n+0}'", "text.read")]
    [InlineData("awk '{print $1}'", "text.read")]
    [InlineData("awk '$3 > 80 {print $1}'", "text.read")]
    [InlineData("awk '{ if ($1 > 5) print $2 / 2 }'", "text.read")]
    [InlineData("awk -F: '{print $1 \"|\" $2}'", "text.read")]
    [InlineData("awk '/system\\(/ {print}'", "text.read")]
    [InlineData("awk '{print \"rm \" $1}'", "text.read")]
    [InlineData("awk -v x=\"$x\" '$1 == x'", "text.read")]
    public void Filters_are_safe(string command, string rule) => Verdicts.Require(RiskLevel.Safe, rule, command);

    [Theory]
    [InlineData("awk 'BEGIN{system(\"rm\")}'", "program.code")]
    [InlineData("awk 'BEGIN{system (\"rm\")}'", "program.code")]
    [InlineData("awk '{print > \"x\"}'", "program.code")]
    [InlineData("awk '{print $1 >> \"x\"}'", "program.code")]
    [InlineData("awk '{print | \"sh\"}'", "program.code")]
    [InlineData("awk '{\"date\" | getline x}'", "program.code")]
    [InlineData("awk 'BEGIN{print ENVIRON[\"A\"]}'", "program.code")]
    [InlineData("awk '@include \"x\"'", "program.code")]
    [InlineData("awk 'BEGIN { f = \"system\"; @f(\"rm\") }'", "program.code")]
    [InlineData("awk '{print /\"/ | \"sh\"; y=\"}'", "program.code")]
    [InlineData("awk '{x = a / b; print \"a|b\"}'", "program.code")]
    [InlineData("awk '{print \"a'", "program.code")]
    [InlineData("awk \"{print $x}\"", "program.code")]
    [InlineData("awk -- \"$x\"", "program.code")]
    [InlineData("jq \"$x\"", "program.code")]
    [InlineData("jq env", "program.code")]
    [InlineData("jq '$ENV.PATH'", "program.code")]
    [InlineData("jq 'import \"x\" as y; .'", "program.code")]
    [InlineData("jq \".a == \\\"$x\\\"\"", "program.code")]
    public void Code_that_does_more_is_dangerous(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("awk -f x", "program.runs")]
    [InlineData("jq -f x", "program.runs")]
    [InlineData("sort --compress-program=x", "program.runs")]
    [InlineData("wc --files0-from=x", "program.runs")]
    public void Options_that_run_programs_are_dangerous(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("grep --frob x", "program.unknown-flag")]
    [InlineData("awk -i inplace 1", "program.unknown-flag")]
    [InlineData("jq -i .", "program.unknown-flag")]
    [InlineData("sort -X", "program.unknown-flag")]
    public void Options_that_are_not_known_are_dangerous(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);
}
