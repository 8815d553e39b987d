using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Executions;

/// <summary>Makes the run that undoes one which is over. A run that is over stays as it is, so undoing it is another run.</summary>
internal sealed class RollbackStarter(IKubernetesClient client)
{
    /// <summary>The most rollback runs of one run: more are asked for only by mistake.</summary>
    public const int MaximumRollbacks = 10;

    /// <summary>Name of the <paramref name="number"/>th run that undoes <paramref name="run"/>.</summary>
    public static string NameOf(string run, int number)
    {
        var rest = number == 1 ? "-rollback" : $"-rollback-{number}";
        return run[..Math.Min(run.Length, Limits.Subdomain - rest.Length)] + rest;
    }

    /// <summary>Makes the run that is asked for, once for each value of the annotation. Null if none is, or it is there already.</summary>
    public async Task<RunbookExecution?> StartAsync(RunbookExecution over, CancellationToken cancellationToken)
    {
        if (AskedFor(over) is not { } token)
        {
            return null;
        }

        for (var number = 1; number <= MaximumRollbacks; number++)
        {
            var name = new NamespacedName(over.Metadata.Namespace!, NameOf(over.Metadata.Name!, number));
            var known = await client.FindAsync<RunbookExecution>(name, cancellationToken) ?? await CreateAsync(over, name, token, cancellationToken);
            if (Undoes(known, over) && (Token(known) == token || !ExecutionPhase.IsFinal(known.Status?.Phase)))
            {
                return known.Status is null && Token(known) == token ? known : null;
            }
        }

        return null;
    }

    /// <summary>What a rollback run undoes: the run that it goes on from, then earlier rollbacks of that one. Nothing if it is gone.</summary>
    public async Task<IReadOnlyList<RunbookExecution>> FindAsync(RunbookExecution rollback, CancellationToken cancellationToken)
    {
        var ns = rollback.Metadata.Namespace!;
        var found = new List<RunbookExecution>();
        if (rollback.Spec.Trigger.Parent is not { } parent
            || await client.FindAsync<RunbookExecution>(new NamespacedName(ns, parent), cancellationToken) is not { } over)
        {
            return found;
        }

        found.Add(over);
        for (var number = 1; number <= MaximumRollbacks && NameOf(parent, number) != rollback.Metadata.Name; number++)
        {
            if (await client.FindAsync<RunbookExecution>(new NamespacedName(ns, NameOf(parent, number)), cancellationToken) is { } earlier && Undoes(earlier, over))
            {
                found.Add(earlier);
            }
        }

        return found;
    }

    // Null if nobody asks, or if what was asked has been done by the run itself, while it lived.
    private static string? AskedFor(RunbookExecution over)
    {
        var said = over.Metadata.Annotations?.GetValueOrDefault(Names.RollbackAnnotation);
        var token = said ?? (over.Spec.DesiredState == DesiredState.RolledBack ? "" : null);
        var handled = over.Status?.Rollback is { } rollback ? rollback.Request ?? "" : null;
        return over.Spec.DryRun == true || over.Spec.Trigger.Type == TriggerType.Rollback || token == handled ? null : token;
    }

    private static string Token(RunbookExecution rollback) => rollback.Metadata.Annotations?.GetValueOrDefault(Names.RollbackAnnotation) ?? "";

    private static bool Undoes(RunbookExecution rollback, RunbookExecution over) =>
        rollback.Spec.Trigger is { Type: TriggerType.Rollback } trigger && trigger.Parent == over.Metadata.Name;

    private async Task<RunbookExecution> CreateAsync(RunbookExecution over, NamespacedName name, string token, CancellationToken cancellationToken)
    {
        var labels = new Dictionary<string, string> { [Names.RunbookLabel] = over.Spec.Runbook.Name };
        if (over.Metadata.Name!.Length <= Limits.Label)
        {
            labels[Names.ParentLabel] = over.Metadata.Name;
        }

        var run = new RunbookExecution
        {
            Metadata = new ObjectMeta
            {
                Name = name.Name,
                Namespace = name.Namespace,
                Labels = labels,
                Annotations = token.Length == 0 ? null : new Dictionary<string, string> { [Names.RollbackAnnotation] = token },
            },
            Spec = new RunbookExecutionSpec
            {
                Runbook = new ExecutionRunbook { Name = over.Spec.Runbook.Name, Revision = over.Status?.Revision },
                Incident = over.Spec.Incident,

                // Whoever asks for it approves none of it alone.
                Trigger = new ExecutionTrigger
                {
                    Type = TriggerType.Rollback, Parent = over.Metadata.Name, User = over.Metadata.Annotations?.GetValueOrDefault(Names.DesiredByAnnotation),
                },
                Mode = over.Spec.Mode,
            },
        };
        try
        {
            return await client.CreateAsync(run, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            // An earlier leader made it, or this one did and never heard the answer.
            return await client.GetAsync<RunbookExecution>(name, cancellationToken);
        }
    }
}
