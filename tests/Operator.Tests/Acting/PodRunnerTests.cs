using System.Net;
using System.Text;
using System.Text.Json;
using RunbookOperator.Api;
using RunbookOperator.Executions;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;
using RunbookOperator.TestKit;

namespace RunbookOperator.Tests.Acting;

/// <summary>Pods that do not go well: each has a reason, and none is awaited for ever.</summary>
public sealed class PodRunnerTests : IDisposable
{
    private static readonly RunbookStep Step = new() { Name = "look", Run = "true", Outputs = [new StepOutput { Name = "n", Regex = "n=(.*)" }] };
    private static readonly NamespacedName Name = new("shop", AttemptId.Of(Prepared.Execution, "look", 1));

    private readonly ManualTimeProvider _time = new();
    private readonly SecretServer _secrets = new();
    private readonly WireHandler _wire;
    private readonly KubernetesClient _client;
    private readonly CancellationTokenSource _stopping = new();
    private readonly PodRunner _runner;
    private readonly StepStatus _status;
    private Pod? _pod;
    private long _left = 10;
    private Func<WireRequest, HttpResponseMessage> _log = _ => Text("");

    public PodRunnerTests()
    {
        _wire = new WireHandler(Answer);
        _client = new KubernetesClient(new Uri("https://kubernetes"), _wire);
        _runner = new PodRunner(_client, new ExecutionOptions { StepImage = "step:1", Stopping = _stopping.Token }, _time, _ => { });
        _status = new StepStatus { Name = "look", State = StepState.Running, Attempt = 1, StartedAt = _time.GetUtcNow() };
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _client.Dispose();
        _stopping.Dispose();
    }

    [Theory]
    [InlineData("ErrImagePull", 120, "its image cannot be pulled (ErrImagePull: it is not there)")]
    [InlineData("ImagePullBackOff", 120, "its image cannot be pulled (ImagePullBackOff: it is not there)")]
    [InlineData("InvalidImageName", 15, "its container cannot be made (InvalidImageName: it is not there)")]
    [InlineData("CreateContainerConfigError", 15, "its container cannot be made (CreateContainerConfigError: it is not there)")]
    public async Task A_command_that_cannot_begin_is_given_up_after_its_patience(string reason, int seconds, string why)
    {
        _pod = Waiting(reason);
        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        Assert.Equal(why, Assert.IsType<StepEvidence.Ongoing>(await ObserveAsync()).Message);
        Assert.NotNull(_pod);

        _time.Advance(TimeSpan.FromSeconds(1));
        var ended = Assert.IsType<StepEvidence.Ended>(await ObserveAsync());
        Assert.Equal((false, $"the command was not run: {why}"), (ended.Success, ended.Message));
        Assert.Null(_pod);
        Assert.Equal(ended.Message, Assert.IsType<StepEvidence.Ended>(await ObserveAsync()).Message);
    }

    [Fact]
    public async Task What_may_not_run_twice_counts_as_not_run_only_when_its_node_says_that_nothing_runs()
    {
        _pod = Waiting("ErrImagePull") is var pod ? pod with { Metadata = pod.Metadata with { Finalizers = [StepPod.Finalizer] } } : null;
        _time.Advance(TimeSpan.FromMinutes(3));

        Assert.IsType<StepEvidence.Ongoing>(await ObserveAsync());
        Assert.Equal(_time.GetUtcNow(), _pod!.Metadata.DeletionTimestamp);
        Assert.IsType<StepEvidence.Ongoing>(await ObserveAsync());
        _left = 0;
        Assert.IsType<StepEvidence.Ended>(await ObserveAsync());
    }

    [Fact]
    public async Task A_container_that_began_after_all_is_no_longer_given_up()
    {
        _pod = Waiting("ErrImagePull") is var pod ? pod with { Metadata = pod.Metadata with { Finalizers = [StepPod.Finalizer] } } : null;
        _time.Advance(TimeSpan.FromMinutes(3));
        await ObserveAsync();

        _pod = _pod! with { Status = Ended(137).Status };
        Assert.Equal((false, 137), Assert.IsType<StepEvidence.Ended>(await ObserveAsync()) is var ended ? (ended.Success, ended.ExitCode!.Value) : default);
    }

    [Fact]
    public async Task A_pod_that_no_node_takes_says_so_and_is_left_to_its_steps_timeout()
    {
        _pod = With(new PodStatus { Phase = "Pending", Conditions = [new PodCondition { Type = "PodScheduled", Status = "False", Reason = "Unschedulable", Message = "0/3 nodes are available" }] });
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("no node takes the pod (Unschedulable: 0/3 nodes are available)", Assert.IsType<StepEvidence.Ongoing>(await ObserveAsync()).Message);
    }

    [Theory]
    [InlineData("Evicted")]
    [InlineData("Preempting")]
    [InlineData("NodeLost")]
    public async Task A_pod_that_was_taken_away_before_it_began_was_not_run_and_says_why(string reason)
    {
        _pod = With(new PodStatus { Phase = "Failed", Reason = reason });

        Assert.Equal($"the command was not run: the pod ended: {reason}", Assert.IsType<StepEvidence.Ended>(await ObserveAsync()).Message);
    }

    [Fact]
    public async Task A_pod_that_was_evicted_while_it_ran_is_of_unknown_outcome()
    {
        _pod = With(new PodStatus { Phase = "Failed", Reason = "Evicted", StartTime = _time.GetUtcNow() });

        Assert.Equal("the pod ended: Evicted", Assert.IsType<StepEvidence.Unknown>(await ObserveAsync()).Message);
    }

    [Theory]
    [InlineData(137, true, DesiredState.Aborted, true)]
    [InlineData(137, true, DesiredState.Running, false)]
    [InlineData(137, false, DesiredState.Aborted, false)]
    [InlineData(0, true, DesiredState.Aborted, false)]
    public async Task What_a_person_ended_at_once_is_of_unknown_outcome(int code, bool deleted, DesiredState desired, bool unknown)
    {
        var run = Prepared.Execution with { Spec = Prepared.Execution.Spec with { DesiredState = desired } };
        var pod = Ended(code);
        _pod = deleted ? pod with { Metadata = pod.Metadata with { DeletionTimestamp = _time.GetUtcNow() } } : pod;

        var evidence = await _runner.ObserveAsync(run, Step, _status, isUndo: false, CancellationToken.None);
        Assert.Equal(unknown ? "its pod was deleted while its command ran" : null, (evidence as StepEvidence.Unknown)?.Message);
    }

    [Fact]
    public async Task Of_a_pod_that_vanished_the_last_words_are_told_without_secrets()
    {
        _log = _ => Text("begun\nhalf way password=correct-horse-battery\n");
        _pod = Running();
        await ObserveAsync();
        await _followed.Task;
        _pod = null;
        await UntilAsync(async () => Assert.IsType<StepEvidence.Unknown>(await ObserveAsync()).Message == "its pod vanished before its exit code was read; the last that was heard of it: half way password=[redacted]");
    }

    [Fact]
    public async Task A_pod_that_was_never_made_has_not_started() => Assert.IsType<StepEvidence.NotStarted>(await ObserveAsync());

    [Fact]
    public async Task What_was_heard_while_it_ran_counts_where_the_node_has_lost_its_beginning()
    {
        _log = request => Text(IsFollow(request) ? "n=1\nn=2\nn=3" : "n=3");
        _pod = Running();
        await ObserveAsync();
        await _followed.Task;
        await UntilAsync(async () =>
        {
            _pod = Ended(0);
            var ended = Assert.IsType<StepEvidence.Ended>(await ObserveAsync());
            return ended.Output.Variables["n"] == "1";
        });
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_is_asked_for_a_while_and_then_the_step_ends_without_it()
    {
        _log = _ => WireHandler.Refusal(HttpStatusCode.InternalServerError, "InternalError");
        _pod = Ended(0);
        await Assert.ThrowsAsync<ApiException>(ObserveAsync);

        _time.Advance(TimeSpan.FromMinutes(2));
        var ended = Assert.IsType<StepEvidence.Ended>(await ObserveAsync());
        Assert.Equal((true, "its log could not be read", ""), (ended.Success, ended.Message, ended.Output.Tail));
    }

    [Fact]
    public async Task The_values_of_a_steps_Secrets_are_read_as_its_account_and_taken_out()
    {
        _secrets.Add("db", Names.StepsUse, ("password", "s3cret-value"));
        _log = _ => Text("n=plain\nit is s3cret-value");
        _pod = WithSecret(Ended(0));
        var ended = Assert.IsType<StepEvidence.Ended>(await ObserveAsync());

        Assert.Equal("n=plain\nit is [redacted]", ended.Output.Tail);
        Assert.Equal(["system:serviceaccount:shop:fixer"], _secrets.ReadAs);
    }

    [Fact]
    public async Task Without_the_values_nothing_of_the_output_is_kept()
    {
        _log = _ => Text("n=s3cret-value");
        _pod = WithSecret(Ended(0));
        var ended = Assert.IsType<StepEvidence.Ended>(await ObserveAsync());

        Assert.Empty(ended.Output.Variables);
        Assert.Equal("[not kept: the values of its Secrets cannot be read, so they could not be taken out]", ended.Output.Tail);
    }

    [Fact]
    public async Task A_refused_pod_says_how_to_let_the_operator_in()
    {
        await _runner.StartAsync(Prepared.Execution, Step, Prepared.Step("true") with { ServiceAccount = "fixer" }, Name.Name, CancellationToken.None);
        var ended = Assert.IsType<StepEvidence.Ended>(await ObserveAsync());

        Assert.Equal("its pod was refused: refused; let the operator in with: kubectl runbook enable shop --service-account fixer | kubectl apply -f -", ended.Message);
    }

    private readonly TaskCompletionSource _followed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HttpResponseMessage Answer(WireRequest request)
    {
        var path = request.Uri.AbsolutePath;
        if (path.EndsWith("/log", StringComparison.Ordinal))
        {
            var answer = _log(request);
            if (IsFollow(request))
            {
                _followed.TrySetResult();
            }

            return answer;
        }

        if (path.EndsWith("/selfsubjectaccessreviews", StringComparison.Ordinal))
        {
            return WireHandler.Json("""{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{},"status":{"allowed":false}}""", HttpStatusCode.Created);
        }

        if (path.Contains("/secrets/", StringComparison.Ordinal))
        {
            return _secrets.Answer(request);
        }

        return (request.Method, path.EndsWith($"/pods/{Name.Name}", StringComparison.Ordinal), _pod) switch
        {
            ("POST", _, _) => WireHandler.Refusal(HttpStatusCode.Forbidden, "Forbidden"),
            ("GET", true, { } pod) => WireHandler.Json(Text(pod)),
            ("DELETE", true, { } pod) => Delete(pod),
            _ => WireHandler.Refusal(HttpStatusCode.NotFound, "NotFound"),
        };
    }

    private string Text(Pod pod)
    {
        var json = JsonSerializer.SerializeToNode(pod, KubernetesJson.Options)!;
        json["metadata"]!["deletionGracePeriodSeconds"] = pod.Metadata.DeletionTimestamp is null ? null : _left;
        return json.ToJsonString();
    }

    private HttpResponseMessage Delete(Pod pod)
    {
        _pod = pod.Metadata.Finalizers is null ? null : pod with { Metadata = pod.Metadata with { DeletionTimestamp = _time.GetUtcNow() } };
        return WireHandler.Json(JsonSerializer.Serialize(pod, KubernetesJson.Options));
    }

    private Task<StepEvidence> ObserveAsync() => _runner.ObserveAsync(Prepared.Execution, Step, _status, isUndo: false, CancellationToken.None);

    // What follows a log does so beside the reconciler: it is asked again until it has.
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            end.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static bool IsFollow(WireRequest request) => request.Uri.Query.Contains("follow=true", StringComparison.Ordinal);

    private static HttpResponseMessage Text(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "text/plain") };

    private static Pod Waiting(string reason) => With(new PodStatus
    {
        Phase = "Pending",
        ContainerStatuses = [new ContainerStatus { Name = StepPod.Container, State = new ContainerState { Waiting = new ContainerStateWaiting(reason, "it is not there") } }],
    });

    private static Pod Running() => With(new PodStatus
    {
        Phase = "Running",
        ContainerStatuses = [new ContainerStatus { Name = StepPod.Container, State = new ContainerState { Running = new ContainerStateRunning() } }],
    });

    private Pod Ended(int code) => With(new PodStatus
    {
        Phase = code == 0 ? "Succeeded" : "Failed",
        ContainerStatuses =
        [
            new ContainerStatus { Name = StepPod.Container, State = new ContainerState { Terminated = new ContainerStateTerminated { ExitCode = code, FinishedAt = _time.GetUtcNow() } } },
        ],
    });

    private static Pod WithSecret(Pod pod) => pod with
    {
        Spec = new PodSpec
        {
            ServiceAccountName = "fixer",
            Containers = [new Container { Name = StepPod.Container, Env = [new EnvVar { Name = "P", ValueFrom = new EnvVarSource { SecretKeyRef = new KeySelector("db", "password") } }] }],
        },
    };

    private static Pod With(PodStatus status) => new()
    {
        ApiVersion = "v1",
        Kind = "Pod",
        Metadata = new ObjectMeta { Name = Name.Name, Namespace = "shop", Uid = "pod-1", ResourceVersion = "1", OwnerReferences = [OwnerReferences.ControllerOf(Prepared.Execution)] },
        Status = status,
    };
}
