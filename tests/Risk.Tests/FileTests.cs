namespace RunbookOperator.Risk.Tests;

/// <summary>What reading and writing files means.</summary>
public sealed class FileTests
{
    [Theory]
    [InlineData("cat /etc/hosts", "file.read")]
    [InlineData("grep -rn foo src", "file.read")]
    [InlineData("cat /logs/\"$file\"", "file.read")]
    [InlineData("cat *.log", "file.read")]
    [InlineData("cat < /etc/hosts", "text.read")]
    [InlineData("cat /etc/passwd", "file.read")]
    public void Plain_files_may_be_read(string command, string rule) => Verdicts.Require(RiskLevel.Safe, rule, command);

    [Theory]
    [InlineData("cat /proc/1/environ", "file.secret")]
    [InlineData("cat /proc//self/./environ", "file.secret")]
    [InlineData("cat /etc/../etc/shadow", "file.secret")]
    [InlineData("cat ~/.kube/config", "file.secret")]
    [InlineData("cat ~/.ssh/config", "file.secret")]
    [InlineData("cat tls.key", "file.secret")]
    [InlineData("cat server.PEM", "file.secret")]
    [InlineData("cat /var/run/secrets/kubernetes.io/serviceaccount/token", "file.secret")]
    [InlineData("cat < /run/secrets/x", "file.secret")]
    [InlineData("cat /dev/sda", "file.secret")]
    [InlineData("cat /etc/sha*", "file.secret")]
    [InlineData("grep -r x /etc", "file.secret")]
    [InlineData("grep -f /etc/shadow x", "file.secret")]
    [InlineData("cut -c1- ~/.aws/credentials", "file.secret")]
    [InlineData("jq -n --rawfile x /etc/shadow '$x'", "file.secret")]
    [InlineData("sort id_rsa", "file.secret")]
    public void Secrets_may_not(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("cat \"$file\"", "file.unknown")]
    [InlineData("cat < \"$file\"", "file.unknown")]
    [InlineData("cat {{ .path }}", "shell.placeholder")]
    public void A_path_that_begins_with_a_variable_could_be_any(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("echo a > x", "file.write")]
    [InlineData("echo a >> x", "file.write")]
    [InlineData("echo a >| x", "file.write")]
    [InlineData("echo a &> x", "file.write")]
    [InlineData("echo a 3> x", "file.write")]
    [InlineData("echo a <> x", "file.write")]
    [InlineData("{ echo a; } > x", "file.write")]
    [InlineData("cat <<EOF > x\na\nEOF", "file.write")]
    [InlineData("sort -o x y", "file.write")]
    [InlineData("sort --outp=x y", "file.write")]
    [InlineData("uniq a b", "file.write")]
    [InlineData("echo a > \"x$b\"", "file.write")]
    public void Writing_a_file_is_caution(string command, string rule) => Verdicts.Require(RiskLevel.Caution, rule, command);

    [Theory]
    [InlineData("> x", "file.empty")]
    [InlineData(": > x", "file.empty")]
    [InlineData("cat /dev/null > x", "file.empty")]
    [InlineData("echo a > /dev/sda", "file.system")]
    [InlineData("echo a > /etc/cron.d/x", "file.system")]
    [InlineData("echo a >> ~/.bashrc", "file.system")]
    [InlineData("echo a > /proc/sysrq-trigger", "file.system")]
    [InlineData("echo a > /dev/tcp/x/1", "file.system")]
    public void Emptying_a_file_and_system_files_are_dangerous(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("kubectl get pods > /dev/null 2>&1", "kubectl.read")]
    [InlineData("echo a >&2", "shell.print")]
    [InlineData("echo a 2>/dev/null", "shell.print")]
    [InlineData("cat 2>&-", "text.read")]
    public void Writing_nowhere_is_safe(string command, string rule) => Verdicts.Require(RiskLevel.Safe, rule, command);
}
