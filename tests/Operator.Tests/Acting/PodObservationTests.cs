using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Tests.Acting;

public sealed class PodObservationTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "Completed", null)]
    [InlineData(3, "Error", null)]
    [InlineData(137, "OOMKilled", "OOMKilled")]
    public void A_container_that_ended_gives_its_exit_code(int code, string reason, string? message)
    {
        var ended = Assert.IsType<PodObservation.Ended>(Of("Failed", Terminated(code, reason)));

        Assert.Equal((code, message, Start), (ended.ExitCode, ended.Message, ended.At));
    }

    [Fact]
    public void Why_the_pod_ended_is_said_first() =>
        Assert.Equal("the pod ended: DeadlineExceeded", Assert.IsType<PodObservation.Ended>(Of("Failed", Terminated(143, "Error"), "DeadlineExceeded")).Message);

    [Fact]
    public void An_exit_code_that_the_kubelet_made_up_is_no_end() =>
        Assert.IsType<PodObservation.Lost>(Of("Failed", new ContainerState { Terminated = new ContainerStateTerminated { ExitCode = 137, Reason = "ContainerStatusUnknown" } }));

    [Fact]
    public void Over_without_a_word_of_the_container_is_lost() => Assert.IsType<PodObservation.Lost>(Of("Failed", null, "NodeLost"));

    [Fact]
    public void Over_while_the_container_was_last_seen_to_run_is_lost() =>
        Assert.IsType<PodObservation.Lost>(Of("Failed", new ContainerState { Running = new ContainerStateRunning() }, "Evicted", started: false));

    [Fact]
    public void Over_before_any_node_took_it_never_began() =>
        Assert.Equal("the pod ended: Evicted", Assert.IsType<PodObservation.NeverBegan>(Of("Failed", null, "Evicted", started: false)).Message);

    [Theory]
    [InlineData("ContainerCreating", "the pod is being started")]
    [InlineData("ImagePullBackOff", "its image cannot be pulled (ImagePullBackOff)")]
    [InlineData("CreateContainerConfigError", "its container cannot be made (CreateContainerConfigError)")]
    [InlineData("SomethingNew", "the pod waits: SomethingNew")]
    public void While_it_waits_it_says_for_what(string reason, string message) =>
        Assert.Equal(message, Assert.IsType<PodObservation.Ongoing>(Of("Pending", new ContainerState { Waiting = new ContainerStateWaiting(reason) })).Message);

    [Fact]
    public void While_it_runs_it_says_so()
    {
        Assert.Equal("the command runs", Assert.IsType<PodObservation.Ongoing>(Of("Running", new ContainerState { Running = new ContainerStateRunning() })).Message);
        Assert.IsType<PodObservation.Ongoing>(PodObservation.Of(new Pod()));
    }

    [Fact]
    public void Another_container_of_the_pod_says_nothing()
    {
        var pod = new Pod { Status = new PodStatus { Phase = "Running", ContainerStatuses = [new ContainerStatus { Name = "sidecar", State = Terminated(0, "Completed") }] } };

        Assert.IsType<PodObservation.Ongoing>(PodObservation.Of(pod));
    }

    private static ContainerState Terminated(int code, string reason) =>
        new() { Terminated = new ContainerStateTerminated { ExitCode = code, Reason = reason, FinishedAt = Start } };

    private static PodObservation Of(string phase, ContainerState? state, string? reason = null, bool started = true) => PodObservation.Of(new Pod
    {
        Status = new PodStatus
        {
            Phase = phase,
            Reason = reason,
            StartTime = started ? Start : null,
            ContainerStatuses = state is null ? null : [new ContainerStatus { Name = StepPod.Container, State = state }],
        },
    });
}
