using System.Collections.Concurrent;
using RunbookOperator.Api;
using RunbookOperator.Incidents;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>What is done in a lane again and again: an alert fires, a run answers it, Riley approves where she is asked, the run ends.</summary>
internal sealed class Story(Bench bench, Arena arena, AlertSender sender, TimeSpan patience)
{
    /// <summary>Steps of which the operator could not tell whether they had happened. Riley skips them.</summary>
    public ConcurrentDictionary<string, bool> Unknown { get; } = new(StringComparer.Ordinal);

    /// <summary>Plays it for a service that no alert has named before.</summary>
    /// <returns>The run as it ended.</returns>
    public async Task<RunbookExecution> PlayAsync(string service, int lane)
    {
        await sender.SendAsync(SentAlert.Firing(service, lane), patience);
        return await EndAsync(service);
    }

    /// <summary>Waits for the end of the run that answers the alert of a service, and approves what it asks for.</summary>
    public async Task<RunbookExecution> EndAsync(string service)
    {
        RunbookExecution? run = null;
        try
        {
            await Eventually.UntilAsync($"the run for {service} ends", patience, async () =>
            {
                run = await FindAsync(service) ?? run;
                if (run?.Status?.Steps?.Find(static step => step is { Name: Arena.Asked, State: StepState.Waiting }) is { } asked)
                {
                    await DecideAsync(run, asked, ApprovalDecision.Approve);
                }

                if (run?.Status?.Steps?.Find(static step => step.State == StepState.Unknown) is { } unknown)
                {
                    Unknown.TryAdd($"{run.Metadata.Name} {unknown.Name}: {unknown.Message}", true);
                    await DecideAsync(run, unknown, ApprovalDecision.Skip);
                }

                return ExecutionPhase.IsFinal(run?.Status?.Phase);
            });
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException(
                $"{exception.Message}; it is {run?.Status?.Phase}: {string.Join(", ", run?.Status?.Steps?.Select(step => $"{step.Name} {step.State} {step.Message}") ?? ["no run"])}", exception);
        }

        return run!;
    }

    /// <summary>The run for a service; null if there is none, or the API server does not say.</summary>
    public async Task<RunbookExecution?> FindAsync(string service)
    {
        try
        {
            var selector = new ListOptions { LabelSelector = $"{Names.IncidentLabel}={Incident(service)}" };
            return await bench.Client.ListAllAsync<RunbookExecution>(arena.Namespace, selector, CancellationToken.None) is [var run, ..] ? run : null;
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The name of a service's first incident.</summary>
    public static string Incident(string service) => IncidentKey.Of(new Dictionary<string, string>
    {
        ["service"] = service,
        ["namespace"] = AlertSender.Scope,
    }, "").Name(1);

    private async Task DecideAsync(RunbookExecution run, StepStatus step, ApprovalDecision decision)
    {
        try
        {
            await bench.As("riley").CreateAsync(
                new RunbookApproval
                {
                    Metadata = new ObjectMeta { Namespace = arena.Namespace, Name = $"{run.Metadata.Name}-{step.Attempt}-{decision}-{step.Digest![^6..]}".ToLowerInvariant() },
                    Spec = new RunbookApprovalSpec
                    {
                        Execution = new ApprovalExecution { Name = run.Metadata.Name!, Uid = run.Metadata.Uid! },
                        Step = step.Name,
                        Attempt = step.Attempt,
                        Decision = decision,
                        Digest = step.Digest!,
                    },
                },
                CancellationToken.None);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or OperationCanceledException)
        {
            // Given already, or nobody is there to stamp it: she tries again.
        }
    }
}
