using System.Collections.Concurrent;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;
using RunbookOperator.Risk;

namespace RunbookOperator.Executions;

/// <summary>What a dry run does in place of running a command: asks the API server whether the Pod would be taken, whether the step's account may
/// do what the command asks for, and whether what it names is there. Changes nothing.</summary>
internal sealed class DryRunner(IKubernetesClient client, ExecutionOptions options)
{
    private const string Kubectl = "kubectl";

    private readonly ConcurrentDictionary<string, StepEvidence> _known = new(StringComparer.Ordinal);

    /// <summary>Checks a command, and remembers what came of it.</summary>
    public async Task ActAsync(RunbookExecution execution, RunbookStep step, PreparedStep prepared, CancellationToken cancellationToken)
    {
        var report = new DryRunReport();
        await PodAsync(execution, step, prepared, report, cancellationToken);
        var account = client.As(Impersonation.ServiceAccount(execution.Metadata.Namespace!, prepared.ServiceAccount));
        foreach (var words in CommandReader.Read(prepared.Command, prepared.Environment))
        {
            switch (words)
            {
                case [Kubectl, ..]:
                    await KubectlAsync(account, execution.Metadata.Namespace!, prepared.ServiceAccount, [.. words.Skip(1)], report, cancellationToken);
                    break;
                case [null, ..]:
                    report.NotChecked("which program runs: it is known only when it runs");
                    break;
            }
        }

        _known[AttemptId.Of(execution, step.Name, prepared.Attempt)] = new StepEvidence.Ended
        {
            Step = step.Name,
            Attempt = prepared.Attempt,
            Success = report.Problem is null,
            NotDone = true,
            Message = report.Problem,
            Output = OutputReader.Read(report.ToString(), false, null, options.Redactor),
        };
    }

    /// <summary>What came of a check, or null if this process does not know: it is then made again, which changes nothing.</summary>
    public StepEvidence? Observe(RunbookExecution execution, RunbookStep step, StepStatus status) =>
        _known.GetValueOrDefault(AttemptId.Of(execution, step.Name, status.Attempt));

    /// <summary>Forgets a run that is over.</summary>
    public void Forget(RunbookExecution execution)
    {
        foreach (var step in execution.Status?.Steps ?? [])
        {
            _known.TryRemove(AttemptId.Of(execution, step.Name, step.Attempt), out _);
        }
    }

    // Admission of the cluster sees the Pod as it would be: security, quota, its account.
    private async Task PodAsync(RunbookExecution execution, RunbookStep step, PreparedStep prepared, DryRunReport report, CancellationToken cancellationToken)
    {
        try
        {
            var pod = StepPod.Of(execution, step, prepared, AttemptId.Of(execution, step.Name, prepared.Attempt));
            await client.CreateAsync(pod, new CreateOptions { DryRun = true }, cancellationToken);
            report.Well($"its pod would be taken by the API server, as {prepared.ServiceAccount}");
        }
        catch (ApiException exception) when (!exception.IsTransient)
        {
            report.Wrong($"its pod would be refused: {options.Redactor.Redact(exception.Message)}");
        }
    }

    private static async Task KubectlAsync(
        IKubernetesClient account, string ns, string name, IReadOnlyList<string?> words, DryRunReport report, CancellationToken cancellationToken)
    {
        var calls = KubectlCall.Read(words, out var untold);
        foreach (var call in calls)
        {
            if (await account.DiscoverAsync(call.Kind, null, cancellationToken) is not { } kind)
            {
                report.NotChecked($"the kind {call.Kind}, which the cluster does not have");
                continue;
            }

            var where = !kind.Namespaced || call.Namespace is "" ? null : call.Namespace ?? ns;
            if (await MayAsync(account, call, kind, where, cancellationToken))
            {
                report.Well($"{name} may {Describe(call, kind, where)}");
            }
            else
            {
                report.Wrong($"{name} may not {Describe(call, kind, where)}");
                continue;
            }

            if (call.Name is { Length: > 0 } wanted && (where is not null || !kind.Namespaced))
            {
                await ThereAsync(account, kind, new NamespacedName(where ?? "", wanted), report, cancellationToken);
            }
        }

        if (untold is not null)
        {
            report.NotChecked(untold);
        }
    }

    private static async Task<bool> MayAsync(IKubernetesClient account, KubectlCall call, ResourceDefinition kind, string? ns, CancellationToken cancellationToken)
    {
        var review = await account.CreateAsync(
            new SelfSubjectAccessReview
            {
                ApiVersion = SelfSubjectAccessReview.Definition.ApiVersion,
                Kind = SelfSubjectAccessReview.Definition.Kind,
                Spec = new SelfSubjectAccessReviewSpec
                {
                    ResourceAttributes = new ResourceAttributes
                    {
                        Verb = call.Verb,
                        Group = kind.Group,
                        Resource = kind.Plural,
                        Subresource = call.Subresource,
                        Name = call.Name is { Length: > 0 } name ? name : null,
                        Namespace = ns,
                    },
                },
            },
            cancellationToken);
        return review.Status is { Allowed: true, Denied: false };
    }

    private static async Task ThereAsync(
        IKubernetesClient account, ResourceDefinition kind, NamespacedName name, DryRunReport report, CancellationToken cancellationToken)
    {
        var title = name.Namespace.Length == 0 ? $"{kind.Kind} {name.Name}" : $"{kind.Kind} {name}";
        try
        {
            await account.GetAsync(kind, name, cancellationToken);
            report.Well($"{title} is there");
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            report.Wrong($"{title} is not there");
        }
        catch (ApiException exception) when (exception.IsForbidden)
        {
            report.NotChecked($"whether {title} is there: the account may not read it");
        }
    }

    private static string Describe(KubectlCall call, ResourceDefinition kind, string? ns) =>
        $"{call.Verb} {kind.Plural}{(call.Subresource is null ? "" : $"/{call.Subresource}")}{(call.Name is { Length: > 0 } name ? $" {name}" : "")}{(ns is null ? "" : $" in {ns}")}";
}

/// <summary>What a dry run found of a command.</summary>
internal sealed class DryRunReport
{
    private readonly List<string> _lines = [];

    /// <summary>The first thing that would go wrong, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Something would go well.</summary>
    public void Well(string what) => Add("ok", what);

    /// <summary>Something would go wrong.</summary>
    public void Wrong(string what)
    {
        Problem ??= what;
        Add("no", what);
    }

    /// <summary>Something cannot be told before it runs.</summary>
    public void NotChecked(string what) => Add("not checked", what);

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', _lines) + "\n";

    private void Add(string verdict, string what)
    {
        var line = $"{verdict}: {what}";
        if (!_lines.Contains(line))
        {
            _lines.Add(line);
        }
    }
}
