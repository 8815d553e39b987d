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
    [InlineData("cut -c5- /var/run/runbooks/t*", "file.secret")]
    [InlineData("cat /run/runbooks/\"$name\"", "file.secret")]
    [InlineData("cat /var/run/r*/*", "file.secret")]
    [InlineData("cat /var/run/*/t*", "file.secret")]
    [InlineData("cat /v*/run/runbooks/t*", "file.secret")]
    [InlineData("cat ../../var/run/runbooks/t*", "file.secret")]
    [InlineData("cat /var/run/\"$name\"", "file.secret")]
    [InlineData("grep -r . /var/run", "file.secret")]
    [InlineData("grep -d recurse x /etc", "file.secret")]
    [InlineData("grep --dir=recurse x /etc", "file.secret")]
    [InlineData("cat ../../proc/1/env*", "file.secret")]
    [InlineData("grep -r x ../..", "file.secret")]
    [InlineData("cat /proc/1/\"$name\"", "file.secret")]
    public void What_could_lead_to_secrets_may_not_be_read(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("cd /proc/1 && cat env*")]
    [InlineData("cd /root/.ssh; cat i*")]
    [InlineData("cd /var/run/secrets/kubernetes.io/serviceaccount && cat t*")]
    [InlineData("cd / && grep -r password .")]
    [InlineData("cd /root && grep -r password")]
    [InlineData("cd && cat x")]
    [InlineData("cd - && cat x")]
    [InlineData("cd \"$dir\" && cat x")]
    [InlineData("cd /tmp && cd .. && cat x")]
    [InlineData("cd /tmp/../proc/1 && cat x")]
    [InlineData("pushd /proc/1; cat x; popd")]
    [InlineData("command cd /proc/1; cat x")]
    [InlineData("go() { cd /proc/1; }; go; cat x")]
    [InlineData("for i in 1 2; do cat x; cd /proc/1; done")]
    [InlineData("cd /proc/1; read x < y")]
    [InlineData("cd /proc/1 && cat ~+/x")]
    [InlineData("cd /proc && echo b > sysrq-trigger")]
    public void After_cd_a_relative_path_could_be_any(string command) => Verdicts.Require(RiskLevel.Dangerous, "file.unknown", command);

    [Theory]
    [InlineData("cd /tmp && cat x", "file.read")]
    [InlineData("cd /tmp/work && grep -rn foo src", "file.read")]
    [InlineData("cd /srv && cat /var/log/app.log", "file.read")]
    [InlineData("cd /srv && kubectl get pods | grep x", "text.read")]
    [InlineData("cd ~/.ssh", "shell.state")]
    [InlineData("cat ../logs/*.log", "file.read")]
    [InlineData("cat /var/log/\"$name\"", "file.read")]
    public void Paths_that_are_known_stay_safe(string command, string rule) => Verdicts.Require(RiskLevel.Safe, rule, command);

    [Theory]
    [InlineData("cat \"$file\"", "file.unknown")]
    [InlineData("cat < \"$file\"", "file.unknown")]
    [InlineData("cat {{ .path }}", "shell.placeholder")]
    [InlineData("cat /logs/\"$(kubectl get cm x -o jsonpath={.data.file})\"", "file.unknown")]
    [InlineData("cat < /logs/\"$(cat x)\"", "file.unknown")]
    public void A_path_with_a_value_that_is_not_known_could_be_any(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

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
