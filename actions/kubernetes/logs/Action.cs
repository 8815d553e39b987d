using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>kubernetes/logs: shows the end of the log of one pod, or of all pods that a selector finds.</summary>
internal sealed class LogsAction() : ReadAction(new ActionDeclaration(
    "kubernetes/logs",
    "Shows the end of the log of one pod, or of all pods that a label selector finds.",
    ChangesState: false,
    [
        new(PodInput, ActionInputType.Text, "The pod's name. Give one of pod and selector."),
        new(Selector, ActionInputType.Text, $"A label selector such as app=web; of the pods found the newest {MaximumPods} are read."),
        ObjectInput.NamespaceInput,
        new(Container, ActionInputType.Text, "The container. Defaults to all but the init containers."),
        new(Since, ActionInputType.Duration, "Only what is newer than this. Defaults to all."),
        new(Tail, ActionInputType.Number, $"How many lines of each container, at most {MaximumTail}. Defaults to {DefaultTail}."),
        new(Previous, ActionInputType.Flag, "Of the container before the present one: why it ended. Defaults to false."),
    ]))
{
    /// <summary>The most pods read.</summary>
    public const int MaximumPods = 10;

    /// <summary>The most lines of each container.</summary>
    public const int MaximumTail = 5000;

    /// <summary>Lines of each container where nothing is said.</summary>
    public const int DefaultTail = 100;

    private const string PodInput = "pod";
    private const string Selector = "selector";
    private const string Container = "container";
    private const string Since = "since";
    private const string Tail = "tail";
    private const string Previous = "previous";

    protected override string Reason(ActionInputs inputs) => "only reads";

    protected override string Touches(ActionInputs inputs)
    {
        var ns = ObjectInput.ReadNamespace(inputs);
        return inputs.Text(PodInput) is { } pod
            ? $"log of {new ObjectInput("Pod", pod, ns)}"
            : Variables.Clean($"logs of the pods with {inputs.Text(Selector)} in {ns ?? "the run's namespace"}", Limits.Line);
    }

    protected override void CheckInputs(ActionInputs inputs)
    {
        ObjectInput.ReadNamespace(inputs);
        if (string.IsNullOrEmpty(inputs.Text(PodInput)) == string.IsNullOrEmpty(inputs.Text(Selector)))
        {
            throw new ActionException("give one of pod and selector");
        }

        if (!inputs.IsOpen(PodInput) && inputs.Text(PodInput) is { } pod && !ObjectNames.IsSubdomain(pod))
        {
            throw new ActionException("the input pod must be the name of a pod");
        }

        if (!inputs.IsOpen(Container) && inputs.Text(Container) is { } container && !ObjectNames.IsLabel(container))
        {
            throw new ActionException("the input container must be the name of a container");
        }

        if (!inputs.IsOpen(Tail) && inputs.Number(Tail) is < 1 or > MaximumTail)
        {
            throw new ActionException($"the input tail must be from 1 to {MaximumTail}");
        }
    }

    protected override async Task<ActionOutcome> ReadAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var ns = ObjectInput.ReadNamespace(context.Inputs) ?? context.Namespace;
        var found = await PodsAsync(context, ns, cancellationToken);
        var sources = LogSource.Choose(found.Take(MaximumPods), context.Inputs.Text(Container)).ToList();
        if (sources.Count == 0)
        {
            return found.Count == 0
                ? new ActionOutcome.Succeeded($"No pods with {context.Inputs.Text(Selector)} in namespace {ns}.\n")
                : new ActionOutcome.Failed($"no container {context.Inputs.Text(Container)} in {found[0].Metadata.Name}");
        }

        var options = new LogOptions
        {
            Previous = context.Inputs.Flag(Previous),
            Since = context.Inputs.Time(Since),
            TailLines = (int)(context.Inputs.Number(Tail) ?? DefaultTail),
            LimitBytes = Limits.Log,
        };
        var output = new StringBuilder(found.Count > MaximumPods ? $"({found.Count - MaximumPods} older pods are not shown)\n" : "");
        string? problem = null;
        var read = 0;
        foreach (var source in sources)
        {
            var log = await source.ReadAsync(context.Client, options, ActionOutput.MaximumBytes / sources.Count, cancellationToken);
            problem ??= log.Problem;
            read += log.Problem is null ? 1 : 0;
            output.Append(sources.Count > 1 ? $"==> {source.Pod.Name}/{source.Container} <==\n" : "").Append(log.Problem is null ? log.Text : $"({log.Problem})\n");
        }

        return read == 0 ? new ActionOutcome.Failed(problem!) : new ActionOutcome.Succeeded(output.ToString());
    }

    private static async Task<IReadOnlyList<Pod>> PodsAsync(ActionContext context, string ns, CancellationToken cancellationToken)
    {
        if (context.Inputs.Text(PodInput) is { Length: > 0 } name)
        {
            return [await context.Client.GetAsync<Pod>(new NamespacedName(ns, name), cancellationToken)];
        }

        var pods = await context.Client.ListAllAsync<Pod>(ns, new ListOptions { LabelSelector = context.Inputs.Text(Selector) }, cancellationToken);
        return [.. pods.OrderByDescending(pod => pod.Metadata.CreationTimestamp).ThenBy(pod => pod.Metadata.Name, StringComparer.Ordinal)];
    }
}
