using System.Text.Json;
using Xunit.Abstractions;

namespace RunbookOperator.Risk.Tests;

/// <summary>A destructive command, planted into safe ones in every way a shell has, is found every time.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const string Destructive = "kubectl delete namespace shop";

    private static readonly RiskClassifier Classifier = new();

    /// <summary>Where it is planted: <c>%S</c> is the safe command, <c>%D</c> the destructive one.</summary>
    private static readonly string[] Forms =
    [
        // Lists, pipelines and groups.
        "%S; %D", "%S ;%D", "%S;\n%D", "%S\n%D", "%S\n\n\n%D", "%S && %D", "%S&&%D", "%S || %D", "%S||%D", "%S | %D", "%S|%D", "%S |& %D", "%S & %D", "%S&%D", "%D; %S", "%D && %S", "%D | %S", "%D & %S",
        "(%S; %D)", "(%D); %S", "{ %S; %D; }", "{ %D; }; %S", "{ %D; } | %S", "! %D", "! ! %D; %S", "time %D", "time -p %D", "%S && ( ( %D ) )", "%S; ( { (%D); }; )", "%S &&\n%D", "%S |\n%D", "%S; # a note\n%D",
        "%S # a note \\\n%D", "# a note\n%D", "%S; \\\n%D", "%S \\\n; %D", "%S &\n%D", "%S; coproc %D", "%S; coproc N { %D; }", "%S; >/dev/null %D", "%S; 2>&1 %D", "%S; </dev/null %D",
        // Compound commands.
        "if %S; then %D; fi", "if %D; then %S; fi", "if %S; then %S; else %D; fi", "if %S; then %S; elif %D; then %S; fi", "if %S; then %S; elif %S; then %D; fi", "if ! %D; then %S; fi",
        "while %D; do %S; done", "while %S; do %D; done", "until %D; do %S; done", "until %S; do %D; done", "for i in a; do %D; done", "for i; do %D; done", "for i in $(%D); do %S; done", "for i in a; { %D; }",
        "for ((i=0;i<1;i++)); do %D; done", "for ((i=$(%D);i<1;i++)); do %S; done", "select x in a; do %D; done", "select x in $(%D); do %S; done", "case a in a) %D;; esac", "case a in b) %S;; *) %D;; esac",
        "case a in (a|b) %D;& c) %S;; esac", "case a in a) %S;;& b) %D; esac", "case $(%D) in a) %S;; esac", "case a in $(%D)) %S;; esac", "case a in a) ;; b) %D\n esac", "if %S; then if %S; then %D; fi; fi",
        "while %S; do case a in a) for i in 1; do %D; done;; esac; done", "if [[ -n $(%D) ]]; then %S; fi", "[[ a == $(%D) ]] && %S", "[[ a =~ $(%D) ]] && %S", "[[ a =~ (b|$(%D)) ]]", "[[ a == @(b|$(%D)) ]]",
        "[ \"$(%D)\" = a ]", "test -n \"$(%D)\"", "(( $(%D) )) && %S", "(( x = $(%D) + 1 ))", "if (( $(%D) > 1 )); then %S; fi", "{ %S; { %S; { %D; }; }; }",
        // Functions, traps, aliases.
        "f() { %D; }; f", "f() { %S; }; f() { %D; }; f", "function f { %D; }; f", "function f() { %D; }; %S", "f() ( %D ); f", "f() if %S; then %D; fi; f", "f() { g() { %D; }; g; }; f", "f() { %S; } <(%D); f",
        "trap '%D' EXIT; %S", "trap \"%D\" 0", "trap -- '%D' ERR", "alias ls='%D'; ls", "alias x=\"%D\"\nx", "eval '%D'", "eval \"%D\"", "eval %D", "eval $'%D'", "%S; eval \"$(echo %D)\"", "command %D", "command -p %D", "builtin eval '%D'",
        "exec %D", "exec -a x %D", "source <(echo '%D')", ". <(echo '%D')", "echo '%D' | source /dev/stdin", "PROMPT_COMMAND='%D'; %S", "BASH_ENV=<(echo '%D') bash -c true", "mapfile -C '%D' -c 1 x",
        // Substitutions and expansions.
        "echo $(%D)", "echo \"$(%D)\"", "echo `%D`", "echo \"`%D`\"", "echo $(%S; %D)", "echo $(%S | %D)", "echo $( ( %D ) )", "echo $({ %D; })", "echo $(echo $(%D))", "echo \"$(echo \"$(%D)\")\"", "echo `echo \\`%D\\``",
        "echo $(echo `%D`)", "echo ${x:-$(%D)}", "echo \"${x:-$(%D)}\"", "echo ${x:-`%D`}", "echo ${x:=$(%D)}", "echo ${x:+$(%D)}", "echo ${x:?$(%D)}", "echo ${x-$(%D)}", "echo ${x#$(%D)}", "echo ${x%%$(%D)}", "echo ${x/$(%D)/a}",
        "echo ${x/a/$(%D)}", "echo ${x//a/\"$(%D)\"}", "echo ${x^$(%D)}", "echo ${x,,$(%D)}", "echo ${x:$(%D)}", "echo ${x:0:$(%D)}", "echo ${a[$(%D)]}", "echo ${a[$(%D)]:1}", "echo ${#a[$(%D)]}", "echo ${x:-${y:-$(%D)}}",
        "echo ${x:-\"${y:-`%D`}\"}", "echo $((1 + $(%D)))", "echo $(( $(%D) ))", "echo $((a[$(%D)]))", "echo $[$(%D)]", "echo \"$((`%D`))\"", "x=$(%D)", "x=\"$(%D)\" %S", "x+=$(%D)", "a=($(%D))", "a+=(b \"$(%D)\")",
        "a[$(%D)]=1", "a[0]=$(%D)", "a=([0]=$(%D))", "a=([$(%D)]=1)", "export x=$(%D)", "declare x=\"$(%D)\"", "declare -a a=($(%D))", "local x=`%D`", "readonly x=${y:-$(%D)}", "echo a{b,$(%D)}", "echo {$(%D),b}", "echo @(a|$(%D))",
        "echo a\"b\"'c'$(%D)", "echo 'a'\"`%D`\"", "echo $\"$(%D)\"", "echo \"a\\\"$(%D)\"", "echo \"\\\\$(%D)\"", "$(%D)", "`%D`", "\"$(%D)\" x", "$(%D) | %S", "echo ~$(%D)", "let \"x=$(%D)\"", "let x=$(%D)",
        // Redirections, here-documents and process substitutions.
        "cat <(%D)", "%S > >(%D)", "%S < <(%D)", "tee >(%D)", "diff <(%S) <(%D)", "cat <<< $(%D)", "cat <<< \"`%D`\"", "echo a > \"$(%D)\"", "cat < $(%D)", "%S 2> >(%D)", "cat <<E\n$(%D)\nE", "cat <<E\n`%D`\nE", "cat <<E\n${x:-$(%D)}\nE",
        "cat <<-E\n\t$(%D)\n\tE", "cat <<A <<B\na\nA\n$(%D)\nB", "cat <<E\na\nE\n%D", "cat <<'E'\na\nE\n%D", "cat <<E && %D\na\nE", "cat <<E | %D\na\nE", "cat <<E; %D\na\nE", "bash <<E\n%D\nE", "bash <<'E'\n%D\nE",
        "sh <<-E\n\t%D\n\tE", "cat <<E | sh\n%D\nE", "sh -s <<E\n%D\nE", "bash <<< '%D'", "bash <<< \"%D\"", "cat <<E\nE\n%D", "cat <<\\E\na\nE\n%D", "cat <<E\n\\$(a)\nE\n%D", "$(cat <<E\n%D\nE\n)", "bash < <(echo '%D')",
        "exec 3< <(%D)", "{ %S; } > >(%D)", "while read l; do %S; done < <(%D)",
        // Shells, and programs that carry commands.
        "bash -c '%D'", "bash -c \"%D\"", "sh -c '%D'", "sh -ec '%D'", "bash -lc '%D'", "/bin/bash -c '%D'", "bash -c '%S; %D'", "bash -c 'bash -c \"%D\"'", "bash -c $'%D'", "dash -c '%D'", "env bash -c '%D'", "env X=1 %D",
        "env -i PATH=/bin %D", "X=1 Y=2 %D", "nice %D", "nice -n 5 %D", "nohup %D", "nohup %D &", "timeout 5 %D", "timeout -s KILL 5 %D", "timeout --signal=9 5s %D", "sudo %D", "sudo -u a %D", "sudo -- %D", "sudo bash -c '%D'", "doas %D",
        "su -c '%D'", "su - a -c '%D'", "watch %D", "watch -n 1 '%D'", "setsid %D", "stdbuf -oL %D", "ionice -c 3 %D", "time nice timeout 3 %D", "xargs %D", "echo a | xargs %D", "echo a | xargs -I{} %D", "echo a | xargs -n 1 sh -c '%D'",
        "echo '%D' | sh", "echo '%D' | bash -s", "echo '%D' | sudo bash", "printf '%D' | sh", "%S | xargs -P 4 -0 %D", "find . -exec %D \\;", "find . -execdir %D +", "find . -ok %D \\;", "find . -exec sh -c '%D' \\;", "parallel %D ::: a", "ssh h %D", "ssh h '%D'",
        "ssh -o ProxyCommand='%D' h", "kubectl exec p -- %D", "kubectl exec p -- sh -c '%D'", "docker exec c %D", "docker run i %D", "chroot / %D", "nsenter -t 1 -m %D", "unshare %D", "script -c '%D'", "awk 'BEGIN{system(\"%D\")}'", "strace %D", "flock /tmp/l %D",
        "flock /tmp/l -c '%D'", "systemd-run %D", "busybox sh -c '%D'", "git -c alias.x='!%D' x", "tar cf /dev/null --checkpoint-action=exec='%D' .", "python -c 'import os; os.system(\"%D\")'", "perl -e 'system(\"%D\")'", "env -S '%D'", "GIT_PAGER='%D' git log",
    ];

    /// <summary>Other spellings of the same command, which the shell makes the same words of.</summary>
    private static readonly string[] Spellings =
    [
        "kubectl delete namespace shop", "'kubectl' delete namespace shop", "kube'ctl' del'ete' namespace shop", "\\kubectl delete namespace shop", "k\\ubectl d\\elete namespace shop", "\"kubectl\" \"delete\" \"namespace\" shop",
        "$'kubectl' $'delete' namespace shop", "$'\\x6bubectl' $'\\x64elete' namespace shop", "kubectl $'\\144elete' namespace shop", "kubectl $'\\u0064elete' namespace shop", "k''ubectl d\"\"elete namespace shop", "ku\\\nbectl de\\\nlete namespace shop",
        "kubectl \\\n  delete \\\n  namespace shop", "kubectl\tdelete\t\tnamespace   shop", "  kubectl delete namespace shop  ", "{kubectl,delete,namespace,shop}", "kubectl {delete,namespace,shop}", "k{u,}bectl delete namespace shop",
        "kubectl $\"delete\" namespace shop", "x=delete; kubectl $x namespace shop", "x=kubectl; $x delete namespace shop", "x='delete namespace shop'; kubectl $x", "kubectl --namespace=a delete namespace shop", "/usr/bin/kubectl delete namespace shop", ">/dev/null kubectl delete namespace shop",
        "kubectl >/dev/null delete 2>&1 namespace shop", "A=1 kubectl delete namespace shop", "A=1 B+=2 kubectl delete namespace shop", "kubectl `echo delete` namespace shop", "kubectl $(echo delete) namespace shop", "kubectl ${x:-delete} namespace shop", "kubectl \"${x:-delete}\" namespace shop",
    ];

    private static readonly string[] Safe = ["kubectl get pods", "echo a", "true", "kubectl get nodes -o wide | grep Ready", "cd /tmp", "kubectl logs \"$pod\""];

    [Fact]
    public void There_are_two_hundred_ways_and_none_stands_twice()
    {
        Assert.Equal(Forms.Length, Forms.Distinct().Count());
        Assert.True(Forms.Length >= 200, $"only {Forms.Length} forms");
    }

    [Fact]
    public void A_destructive_command_is_found_wherever_it_is_planted()
    {
        var tried = 0;
        var missed = new List<string>();
        foreach (var form in Forms)
        {
            foreach (var safe in form.Contains("%S") ? Safe : [""])
            {
                tried++;
                Require(form.Replace("%S", safe).Replace("%D", Destructive), missed);
            }
        }

        output.WriteLine($"{tried} planted in {Forms.Length} ways");
        Assert.True(missed.Count == 0, string.Join('\n', missed));
    }

    [Fact]
    public void However_it_is_spelled_it_is_found()
    {
        var missed = new List<string>();
        foreach (var spelling in Spellings)
        {
            Require(spelling, missed);
            // `&>` would be one operator.
            foreach (var form in Forms.Where(form => !(spelling[0] == '>' && form.Contains("&%D")) && !form.Contains('\'') && !form.Contains('"') && !form.Contains('`')))
            {
                Require(form.Replace("%S", Safe[0]).Replace("%D", spelling), missed);
            }
        }

        Assert.True(missed.Count == 0, string.Join('\n', missed));
    }

    [Fact]
    public void It_is_found_in_every_safe_command_of_the_corpus()
    {
        var missed = new List<string>();
        var commands = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpus", "real.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("command").GetString()!)
            // A comment would take in what is planted behind it.
            .Where(command => !command.Contains('#') && Classifier.Classify(command).Level != RiskLevel.Dangerous)
            .ToList();
        Assert.NotEmpty(commands);
        foreach (var command in commands)
        {
            // Quotes of the command would end those of the form.
            var quoted = command.Contains('\'') || command.Contains('"');
            foreach (var form in Forms.Where(form => form.Contains("%S") && !(quoted && form.Contains("'%S"))))
            {
                // Inside quotes the command must be quoted, or what stands behind it is no longer what the shell runs.
                var placed = form.Contains("'%S") ? command.Replace("'", "'\\''") : command;
                Require(form.Replace("%S", placed).Replace("%D", Destructive), missed);
            }
        }

        output.WriteLine($"{commands.Count} commands");
        Assert.True(missed.Count == 0, string.Join('\n', missed.Take(10)));
    }

    private static void Require(string command, List<string> missed)
    {
        if (Classifier.Classify(command).Level != RiskLevel.Dangerous)
        {
            missed.Add(command);
        }
    }
}
