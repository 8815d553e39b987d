using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Acting;

public sealed class StepPodTests
{
    [Theory]
    [InlineData("echo $(PASSWORD)", "echo $$(PASSWORD)")]
    [InlineData("echo $$(PASSWORD)", "echo $$$$(PASSWORD)")]
    [InlineData("echo \"$date\"", "echo \"$$date\"")]
    [InlineData("$", "$$")]
    [InlineData("none", "none")]
    [InlineData("", "")]
    public void Every_dollar_is_doubled_so_that_the_kubelet_replaces_nothing(string text, string escaped)
    {
        Assert.Equal(escaped, StepPod.Escape(text));
        Assert.Equal(text, AsTheKubeletExpands(escaped));
    }

    [Fact]
    public void Whatever_the_text_the_shell_gets_it_as_it_was_written()
    {
        var dice = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var text = new string([.. Enumerable.Range(0, dice.Next(12)).Select(_ => "$(){}Aa"[dice.Next(7)])]);

            Assert.Equal(text, AsTheKubeletExpands(StepPod.Escape(text)));
        }
    }

    [Fact]
    public void Command_and_values_are_escaped_and_nothing_but_them_is_in_the_environment()
    {
        var container = Container(Prepared.Step("echo \"$date\" $(PASSWORD)", RiskLevel.Safe, ("date", "$(HOME)"), ("ns", "shop")));

        Assert.Equal(["bash", "-euo", "pipefail", "-c", "echo \"$$date\" $$(PASSWORD)"], container.Command!);
        Assert.Equal([("HOME", "/tmp"), ("date", "$$(HOME)"), ("ns", "shop")], container.Env!.Select(variable => (variable.Name, variable.Value)));
        Assert.All(container.Env!, variable => Assert.Null(variable.ValueFrom));
    }

    [Theory]
    [InlineData(true, "kubectl get pods")]
    [InlineData(true, "timeout 5 /usr/local/bin/kubectl get pods | wc -l")]
    [InlineData(true, "helm list")]
    [InlineData(false, "curl http://kubectlx")]
    [InlineData(false, "echo mykubectl_not")]
    [InlineData(false, "echo hello")]
    public void A_token_is_there_only_for_commands_that_speak_to_the_API_server(bool token, string command)
    {
        var pod = Of(Prepared.Step(command));

        Assert.False(pod.Spec!.AutomountServiceAccountToken);
        Assert.Equal(token, pod.Spec.Volumes!.Exists(volume => volume.Projected is not null));
        Assert.Equal(token, pod.Spec.Containers![0].Env!.Exists(variable => variable.Name == "KUBECONFIG"));
        Assert.Equal(token, pod.Metadata.Annotations is not null);
    }

    [Theory]
    [InlineData(false, RiskLevel.Safe)]
    [InlineData(true, RiskLevel.Caution)]
    [InlineData(true, RiskLevel.Dangerous)]
    public void What_may_not_run_twice_stays_until_its_end_was_read(bool stays, RiskLevel risk) =>
        Assert.Equal(stays, Of(Prepared.Step("true", risk)).Metadata.Finalizers?.Contains(StepPod.Finalizer) == true);

    [Fact]
    public void It_is_of_restricted_pod_security()
    {
        var pod = Of(Prepared.Step("kubectl get pods", RiskLevel.Dangerous));
        var container = pod.Spec!.Containers!.Single();

        Assert.Null(pod.Spec.InitContainers);
        Assert.True(pod.Spec.SecurityContext!.RunAsNonRoot);
        Assert.NotEqual(0, pod.Spec.SecurityContext.RunAsUser);
        Assert.Equal("RuntimeDefault", pod.Spec.SecurityContext.SeccompProfile!.Type);
        Assert.False(container.SecurityContext!.AllowPrivilegeEscalation);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities!.Drop!);
        Assert.Null(container.SecurityContext.Capabilities.Add);
        Assert.All(pod.Spec.Volumes!, volume => Assert.True(volume.EmptyDir is not null || volume.Projected is not null));
        Assert.All(new[] { container.Resources!.Limits!, container.Resources.Requests! }, bounds => Assert.Equal(["cpu", "memory"], bounds.Keys.Order()));
        Assert.NotNull(pod.Spec.Volumes!.Single(volume => volume.EmptyDir is not null).EmptyDir!.SizeLimit);
    }

    [Fact]
    public void It_starts_once_ends_by_itself_and_belongs_to_its_run()
    {
        var pod = StepPod.Of(Prepared.Execution, new RunbookStep { Name = "look", Run = "true", Timeout = Duration.Of(TimeSpan.FromSeconds(90)) }, Prepared.Step("true") with { Image = "step:1" }, "look-1-0123456789");

        Assert.Equal(("Never", 150L, false), (pod.Spec!.RestartPolicy, pod.Spec.ActiveDeadlineSeconds, pod.Spec.EnableServiceLinks));
        Assert.Equal(("look-1-0123456789", "shop", "step:1", "runbook-reader"), (pod.Metadata.Name, pod.Metadata.Namespace, pod.Spec.Containers![0].Image, pod.Spec.ServiceAccountName));
        Assert.Equal(("uid-1", true), (pod.Metadata.OwnerReferences!.Single().Uid, pod.Metadata.OwnerReferences!.Single().Controller));
    }

    [Fact]
    public void Its_name_is_that_of_the_attempt_and_no_longer_than_a_label()
    {
        var ids = (from step in new[] { "a", new string('s', Limits.Name) } from attempt in new[] { 1, 2, 1000 } select AttemptId.Of(Prepared.Execution, step, attempt)).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.True(id.Length <= Limits.Label));
        Assert.NotEqual(ids[0], AttemptId.Of(Prepared.Execution with { Metadata = Prepared.Execution.Metadata with { Uid = "uid-2" } }, "a", 1));
    }

    // k8s.io/kubernetes/third_party/forked/golang/expansion with no variable defined: $(X) stays, $$ is $.
    private static string AsTheKubeletExpands(string text)
    {
        var result = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                result.Append(text[i]);
            }
            else if (text[i + 1] == '$')
            {
                result.Append('$');
                i++;
            }
            else if (text[i + 1] == '(' && text.IndexOf(')', i) is var end and > 0)
            {
                result.Append("EXPANDED");
                i = end;
            }
            else
            {
                result.Append('$').Append(text[++i]);
            }
        }

        return result.ToString();
    }

    private static Pod Of(PreparedStep prepared) => StepPod.Of(Prepared.Execution, new RunbookStep { Name = "look", Run = prepared.Command }, prepared, "look-1-0123456789");

    private static Container Container(PreparedStep prepared) => Of(prepared).Spec!.Containers!.Single();
}
