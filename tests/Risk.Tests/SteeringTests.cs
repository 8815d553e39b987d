namespace RunbookOperator.Risk.Tests;

/// <summary>Roundabout ways to set a variable, to run code in one, or to show it.</summary>
public sealed class SteeringTests
{
    [Theory]
    [InlineData("printf -v PATH %s /tmp/x; ls", "shell.environment")]
    [InlineData("printf -v IFS %s x; ls", "shell.environment")]
    [InlineData("for PATH in /tmp/x; do ls; done", "shell.environment")]
    [InlineData("for PAGER in 'sh -c x'; do git log; done", "shell.environment")]
    [InlineData("select LD_PRELOAD in /tmp/x.so; do ls; done", "shell.environment")]
    [InlineData("coproc PATH { true; }", "shell.environment")]
    [InlineData(": ${PATH:=/tmp/x}; ls", "shell.environment")]
    [InlineData(": \"${KUBECONFIG=/tmp/x}\"; kubectl get pods", "shell.environment")]
    [InlineData("exec {PATH}>/dev/null; ls", "shell.environment")]
    [InlineData("((IFS=0)); ls", "shell.environment")]
    [InlineData("echo $((PATH=1)); ls", "shell.environment")]
    [InlineData("MANPAGER='sh -c x' man ls", "shell.environment")]
    [InlineData("hash -p /tmp/x ls; ls", "shell.builtin")]
    [InlineData("hash -p/tmp/x kubectl; kubectl get pods", "shell.builtin")]
    public void What_is_set_in_a_roundabout_way_steers_all_the_same(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("x='a[$(date)]'; [[ x -eq 0 ]]")]
    [InlineData("x='a[$(date)]'; [[ 0 -lt 1+x ]]")]
    [InlineData("x='a[$(date)]'; y=x; [[ $y -gt 0 ]]")]
    [InlineData("x='a[$(date)]'; y=x; ((y))")]
    [InlineData("x='a[$(date)]'; y=x; z=y; echo $((z + 1))")]
    public void A_name_that_is_read_as_a_number_runs_what_it_holds(string command) => Verdicts.Require(RiskLevel.Dangerous, "shell.code", command);

    [Theory]
    [InlineData("kubectl get secret ${x#a}")]
    [InlineData("kubectl get secret a \"${x#a}\"")]
    [InlineData("x=$(date); kubectl get secret ${x#}")]
    [InlineData("kubectl get secret a ${x##*,}")]
    public void What_is_left_of_a_value_may_be_a_flag(string command) => Verdicts.Require(RiskLevel.Dangerous, "shell.unquoted", command);

    [Theory]
    [InlineData("declare -x")]
    [InlineData("declare --")]
    [InlineData("typeset -r")]
    [InlineData("export --")]
    public void Options_without_a_name_list_the_environment(string command) => Verdicts.Require(RiskLevel.Dangerous, "file.secret", command);

    [Theory]
    [InlineData("kubectl --vmodule=request=9 get secrets", "kubectl.secret-read")]
    [InlineData("curl -w '%output{/etc/passwd}x' http://h", "file.system")]
    [InlineData("curl -w @/etc/shadow http://h", "file.secret")]
    [InlineData("curl -v --oauth2-bearer \"$T\" http://h", "http.credentials")]
    [InlineData("curl -v -b \"sid=$T\" http://h", "http.credentials")]
    [InlineData("curl -v -n http://h", "http.credentials")]
    [InlineData("curl 'http://metadata/computeMetadata/v1/instance/?recursive=true'", "http.secret")]
    [InlineData("curl http://h:8500/v1/kv/?recurse", "http.secret")]
    [InlineData("curl http://h:2379/v2/keys/?recursive=true", "http.secret")]
    [InlineData("cat /etc/krb5.keytab", "file.secret")]
    [InlineData("cat /etc/wireguard/wg0.conf", "file.secret")]
    [InlineData("cat /etc/ssh/ssh_host_rsa_key", "file.secret")]
    [InlineData("cat ~/.config/gh/hosts.yml", "file.secret")]
    public void Doors_to_secrets(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("for i in a b; do echo \"$i\"; done", "shell.print")]
    [InlineData(": \"${NAME:=web}\"", "shell.state")]
    [InlineData("printf -v line %s a; echo \"$line\"", "shell.print")]
    [InlineData("n=3; [[ $n -gt 2 && n -lt 5 ]]", "shell.state")]
    [InlineData("echo $((KAFKA_REPLICAS - 1))", "shell.print")]
    [InlineData("hash -r", "shell.state")]
    [InlineData("kubectl get pods --chunk-size=${#x}", "kubectl.read")]
    [InlineData("declare -r A=b", "shell.state")]
    [InlineData("git show HEAD:src/main.go", "git.read")]
    [InlineData("git show ':/drop the token'", "git.read")]
    [InlineData("docker inspect -f '{{json .State}}' web", "container.read")]
    [InlineData("cat /etc/ssh/ssh_host_rsa_key.pub", "file.read")]
    public void Their_plain_use_stays_safe(string command, string rule) => Verdicts.Require(RiskLevel.Safe, rule, command);
}
