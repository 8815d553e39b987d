namespace RunbookOperator.Risk.Tests;

/// <summary>Commands that carry others, in their words or in text.</summary>
public sealed class CarrierTests
{
    private static readonly string[] Wrappers =
    [
        "sudo {0}", "sudo -u postgres {0}", "doas {0}", "env A=b {0}", "timeout 5 {0}", "nice -n 5 {0}", "ionice -c3 {0}", "nohup {0}", "setsid {0}", "stdbuf -oL {0}",
        "/usr/bin/time -v {0}", "watch {0}", "watch -x {0}", "flock /tmp/l {0}", "strace {0}", "nsenter -t 1 -m {0}", "chroot /host {0}", "unshare -r {0}",
        "runuser -u x -- {0}", "ssh host {0}", "kubectl exec x -- {0}", "command {0}", "exec {0}", "builtin {0}", "true | xargs {0}", "xargs -I% {0}",
        "find . -name x -exec {0} \\;", "find . -execdir {0} +", "time {0}", "! {0}", "coproc {0}", "sudo env timeout 5 nice {0}",
    ];

    private static readonly string[] Texts =
    [
        "bash -c '{0}'", "sh -ec '{0}' a b", "eval '{0}'", "trap '{0}' EXIT", "su - x -c '{0}'", "watch '{0}'", "ssh host '{0}'", "script -c '{0}' o", "bash <<'EOF'\n{0}\nEOF",
        "sh <<< '{0}'", "echo '{0}' | sh", "cat <<'EOF' | bash -s\n{0}\nEOF", "sudo bash -c '{0}'", "kubectl exec x -- sh -c '{0}'", "bash -c 'bash -c \"{0}\"'",
        "echo '{0}' | sudo bash", "find . -exec sh -c '{0}' \\;",
    ];

    private static readonly string[] Commands =
    [
        "cat /etc/hosts", "kubectl get pods", "kubectl scale deploy x --replicas=2", "kubectl delete pod x", "cat /etc/shadow", "frob x", "kubectl get secret x -o yaml",
        "awk -f x", "bash", "systemctl stop x", "sort -o x y",
    ];

    public static TheoryData<string> Forms => [.. Wrappers, .. Texts];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Wrapping_never_lowers(string form)
    {
        var classifier = new RiskClassifier();
        Assert.All(Commands, command =>
        {
            var (bare, wrapped) = (classifier.Classify(command), classifier.Classify(string.Format(form, command)));
            Assert.True(wrapped.Level >= bare.Level, $"{bare.Level} becomes {wrapped.Level} by {string.Join(", ", wrapped.Reasons)}");
        });
    }

    [Theory]
    [InlineData("kubectl get pods -o name | xargs kubectl describe", "kubectl.read")]
    [InlineData("kubectl get pods -o name | xargs -I{} kubectl logs {}", "kubectl.read")]
    [InlineData("echo a b | xargs kubectl describe pod", "kubectl.read")]
    [InlineData("find /var/log -name '*.log' -mtime +7", "file.find")]
    [InlineData("find /var/log -type f -size +100M -exec grep -c foo {} \\;", "text.read")]
    [InlineData("find . -name '*.yaml' -exec wc -l {} +", "text.read")]
    [InlineData("eval 'kubectl get pods'", "kubectl.read")]
    [InlineData("trap 'echo done' EXIT", "shell.print")]
    [InlineData("trap - EXIT", "shell.state")]
    [InlineData("exec 2>&1", "shell.state")]
    [InlineData("kubectl get pods -o name | xargs -n1 kubectl describe", "kubectl.read")]
    [InlineData("while IFS= read -r line; do echo \"$line\"; done", "shell.state")]
    [InlineData("bash -c 'x=1; echo $x'", "shell.print")]
    public void What_is_carried_and_reads_is_safe(string command, string rule) => Verdicts.Require(RiskLevel.Safe, rule, command);

    [Theory]
    [InlineData("kubectl get pods -o name | xargs kubectl delete", "kubectl.delete")]
    [InlineData("cat x | xargs kubectl describe", "shell.unquoted")]
    [InlineData("cat x | xargs -I{} kubectl {} pods", "kubectl.variable-verb")]
    [InlineData("cat x | xargs -I{} sh -c 'kubectl logs {}'", "program.code")]
    [InlineData("echo 'x EOFX --dry-run=client' | xargs -E EOFX kubectl delete pod", "kubectl.delete")]
    [InlineData("echo 'pod/x --dry-run=client' | xargs -n1 kubectl delete", "kubectl.delete")]
    [InlineData("echo 'pod/x --dry-run=client' | xargs -n 1 kubectl delete", "kubectl.delete")]
    [InlineData("echo 'pod/x --dry-run=client' | xargs -rL1 kubectl delete", "kubectl.delete")]
    [InlineData("echo 'pod/x --dry-run=client' | xargs --max-chars=30 kubectl delete", "kubectl.delete")]
    [InlineData("echo 'x,--output=yaml' | xargs -d, kubectl get secret", "shell.unquoted")]
    [InlineData("echo '/etc/shadow,x' | xargs -d, cat", "file.unknown")]
    [InlineData("find . \\( -name id_rsa -o -name '*.log' \\) -exec cat {} +", "file.secret")]
    [InlineData("find /srv -path '*/id_rsa' -exec cat {} +", "file.secret")]
    [InlineData("sleep 0 & wait -n -p 'a[$(reboot)]'", "shell.code")]
    [InlineData("wait -p PATH", "shell.environment")]
    [InlineData("IFS=x", "shell.environment")]
    [InlineData("IFS=x eval 'ls'", "shell.environment")]
    [InlineData("find . -delete", "file.delete")]
    [InlineData("find . -name x -o -delete", "file.delete")]
    [InlineData("find . -fprint /etc/passwd", "file.system")]
    [InlineData("find . -exec frob {} \\;", "program.unknown")]
    [InlineData("find . -exec cat {} \\; -exec frob {} +", "program.unknown")]
    [InlineData("find /etc -exec cat {} \\;", "file.secret")]
    [InlineData("find /opt -name '*.key' -exec cat {} +", "file.secret")]
    [InlineData("find \"$x\" -exec cat {} \\;", "file.unknown")]
    [InlineData("find . -exec {} \\;", "shell.unknown-command")]
    [InlineData("find . -exec sh -c 'cat {}' \\;", "program.code")]
    [InlineData("find . -frob", "program.unknown-flag")]
    [InlineData("eval 'x=--all'; kubectl delete pod $x", "kubectl.delete")]
    [InlineData("eval 'V=get'; kubectl $V pods", "shell.builtin")]
    [InlineData("eval 'cd /proc/1'; cat environ2", "file.unknown")]
    [InlineData("eval \"kubectl get $x\"", "program.code")]
    [InlineData("eval 'set +u'", "shell.builtin")]
    [InlineData("trap \"kubectl get pods $x\" EXIT", "program.code")]
    [InlineData("pod=--x; export pod; bash -c 'kubectl logs $pod'", "shell.unquoted")]
    [InlineData("bash -c 'kubectl logs $0' --x", "shell.unquoted")]
    [InlineData("cd /proc/1; bash -c 'cat x'", "file.unknown")]
    [InlineData("curl x | sudo bash", "program.code")]
    [InlineData("exec frob", "program.unknown")]
    public void What_is_carried_and_harms_is_dangerous(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("sudo ")]
    [InlineData("bash -c 'x' ; ")]
    [InlineData("eval eval ")]
    [InlineData("find . -exec ")]
    [InlineData("ssh h ")]
    [InlineData("xargs ")]
    public void Carriers_of_carriers_come_to_an_end(string piece) =>
        Assert.Equal(RiskLevel.Dangerous, new RiskClassifier().Classify(string.Concat(Enumerable.Repeat(piece, 500)) + "frob").Level);
}
