using System.Text.Json.Nodes;
using RunbookOperator.Actions;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Executions;

/// <summary>Makes the runs that another run leads to: child runs, and the run that goes on after an escalation.</summary>
internal sealed class RunStarter(IKubernetesClient client)
{
    /// <summary>Keeps a child run until its parent has read its end. So one that is not there was never made, and making it starts nothing twice.</summary>
    public const string Finalizer = "runbooks.dev/observed";

    /// <summary>Lets a run start nothing more, for good.</summary>
    public static Patch Abortion { get; } =
        new(PatchType.Merge, new JsonObject { ["spec"] = new JsonObject { ["desiredState"] = nameof(DesiredState.Aborted) } }) { FieldManager = Names.FieldManager };

    /// <summary>Makes the run that goes on. One of its name is that same run.</summary>
    public async Task<HandedOver> HandOverAsync(RunbookExecution execution, Request.HandOver request, CancellationToken cancellationToken)
    {
        var ns = execution.Metadata.Namespace!;
        if (await client.FindAsync<RunbookExecution>(new NamespacedName(ns, request.Name), cancellationToken) is { } made)
        {
            return Mine(made, execution) ? new HandedOver(request.Name) : new HandedOver(request.Name, $"another run is called {request.Name}");
        }

        if (Lineage.Objection(await Lineage.ReadAsync(client, execution, cancellationToken), request.Runbook) is { } objection)
        {
            return new HandedOver(request.Name, objection);
        }

        if (await client.FindAsync<Runbook>(new NamespacedName(ns, request.Runbook), cancellationToken) is not { } runbook)
        {
            return new HandedOver(request.Name, $"there is no runbook {request.Runbook} in {ns}");
        }

        var names = (runbook.Spec.Parameters ?? []).Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var values = (execution.Status?.Variables ?? []).Where(value => names.Contains(value.Key)).ToDictionary(StringComparer.Ordinal);
        var run = Run(execution, request.Name, request.Runbook, TriggerType.Escalation, values);

        // What an alert set off goes as far as the other runbook does; what a person began stays as careful as that person wanted.
        var own = runbook.Spec.Mode ?? RunbookMode.ReadAlong;
        var mode = execution.Spec.Trigger.Type is TriggerType.Manual && execution.Spec.Mode < own ? execution.Spec.Mode : own;
        await CreateAsync(run with { Spec = run.Spec with { Mode = mode, Incident = execution.Spec.Incident } }, cancellationToken);
        return new HandedOver(request.Name);
    }

    /// <summary>Makes the child run of an attempt. One of its name is that same run.</summary>
    public async Task StartChildAsync(RunbookExecution execution, Deed.Act act, CancellationToken cancellationToken)
    {
        var (step, status) = (act.Step, act.Status);
        var inputs = new ActionInputs(step.With).Fill(execution.Status?.Variables ?? [], out _);
        var run = Run(execution, ChildOf(execution, status).Name, step.Runbook!, TriggerType.Child, ChildPreparer.Values(inputs));

        // Whoever started a run is not asked about alerts, and neither is what it starts.
        var incident = execution.Spec.Trigger.Type == TriggerType.Manual ? null : execution.Spec.Incident;
        await CreateAsync(
            run with
            {
                Metadata = run.Metadata with { OwnerReferences = [OwnerReferences.ControllerOf(execution)], Finalizers = [Finalizer] },
                Spec = run.Spec with
                {
                    Runbook = run.Spec.Runbook with { Revision = (string?)status.Target![ChildPreparer.RevisionField] },
                    Mode = execution.Spec.Mode,
                    Incident = incident,
                },
            },
            cancellationToken);
    }

    /// <summary>Lets a child run start nothing more.</summary>
    public async Task AbortAsync(NamespacedName run, CancellationToken cancellationToken)
    {
        try
        {
            await client.PatchAsync<RunbookExecution>(run, Abortion, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            // It is over and gone.
        }
    }

    /// <summary>Lets go of a child run whose end is recorded.</summary>
    public async Task ReleaseAsync(NamespacedName run, CancellationToken cancellationToken)
    {
        if (await client.FindAsync<RunbookExecution>(run, cancellationToken) is { } child && Finalizers.Contains(child, Finalizer))
        {
            await client.PatchAsync<RunbookExecution>(run, Finalizers.Removing(child, Finalizer), cancellationToken);
        }
    }

    /// <summary>Lets go of a deleted child run that no parent will look at any more.</summary>
    public async Task ReleaseOrphanAsync(RunbookExecution child, CancellationToken cancellationToken)
    {
        if (child.Spec.Trigger.Parent is not { } parent || !Finalizers.Contains(child, Finalizer))
        {
            return;
        }

        var run = await client.FindAsync<RunbookExecution>(new NamespacedName(child.Metadata.Namespace!, parent), cancellationToken);
        if (run is null || run.Metadata.Uid != OwnerReferences.FindController(child.Metadata)?.Uid || ExecutionPhase.IsFinal(run.Status?.Phase))
        {
            await ReleaseAsync(NamespacedName.Of(child), cancellationToken);
        }
    }

    /// <summary>What became of the child run of an attempt.</summary>
    public async Task<StepEvidence> ObserveAsync(
        RunbookExecution execution, RunbookStep step, StepStatus status, Redactor redactor, CancellationToken cancellationToken) => ChildObservation.Of(
        step, status.Attempt, execution, await client.FindAsync<RunbookExecution>(ChildOf(execution, status), cancellationToken), redactor);

    /// <summary>Whether the recorded attempt is a child run.</summary>
    public static bool IsChild(StepStatus status) => (string?)status.Target?["kind"] == nameof(RunbookExecution);

    /// <summary>The child run of an attempt, as recorded.</summary>
    public static NamespacedName ChildOf(RunbookExecution execution, StepStatus status) => new(execution.Metadata.Namespace!, (string)status.Target!["name"]!);

    private static RunbookExecution Run(RunbookExecution parent, string name, string runbook, TriggerType type, Dictionary<string, string> values)
    {
        var labels = new Dictionary<string, string> { [Names.RunbookLabel] = runbook };
        if (parent.Spec.Incident is { Length: <= Limits.Label } incident && (type == TriggerType.Escalation || parent.Spec.Trigger.Type != TriggerType.Manual))
        {
            labels[Names.IncidentLabel] = incident;
        }

        return new RunbookExecution
        {
            Metadata = new ObjectMeta { Name = name, Namespace = parent.Metadata.Namespace, Labels = labels },
            Spec = new RunbookExecutionSpec
            {
                Runbook = new ExecutionRunbook { Name = runbook },

                // Whoever started the first run approves no step of those that follow it.
                Trigger = new ExecutionTrigger { Type = type, Parent = parent.Metadata.Name, User = parent.Spec.Trigger.User },
                Parameters = values.Count == 0 ? null : values,
            },
        };
    }

    private static bool Mine(RunbookExecution made, RunbookExecution parent) =>
        made.Spec.Trigger is { Type: TriggerType.Escalation, Parent: var name } && name == parent.Metadata.Name;

    private async Task CreateAsync(RunbookExecution run, CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateAsync(run, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            // An earlier leader made it, or this one did and never heard the answer.
        }
    }
}
