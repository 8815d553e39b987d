using System.Text;
using System.Text.Json.Nodes;
using RunbookOperator.Api;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Actions;

/// <summary>
/// kubernetes/exec: runs a command in a running container. What a command does cannot be made to happen once only, so the pod is marked with
/// the attempt first, and only the process whose mark has landed runs it: it runs at most once, and where that is not known, nobody runs it again.
/// </summary>
internal sealed class ExecAction : IAction, ICommandAction
{
    /// <summary>How long a command may run if nothing is said.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The longest that a command may run.</summary>
    public static readonly TimeSpan MaximumTimeout = TimeSpan.FromMinutes(5);

    private const string Command = "command";
    private const string Timeout = "timeout";
    private const string Container = "container";
    private const string NotUndone = "Cannot be undone: what a command has done is not known.";

    public ActionDeclaration Declaration { get; } = new(
        "kubernetes/exec",
        "Runs a command in a running container.",
        ChangesState: true,
        [
            PodInput.Name,
            ObjectInput.NamespaceInput,
            PodInput.ContainerName,
            new(Command, ActionInputType.List, "The program and its arguments, word by word. No shell reads them.", Required: true),
            new(Timeout, ActionInputType.Duration, $"How long it may run, at most {Duration.Of(MaximumTimeout)}. Defaults to {Duration.Of(DefaultTimeout)}."),
        ]);

    public string? CommandLine(ActionInputs inputs) => Actions.CommandLine.InContainer(Actions.CommandLine.Words(inputs, Command));

    public ActionAssessment Assess(ActionInputs inputs)
    {
        var pod = Check(inputs);
        var words = Actions.CommandLine.Words(inputs, Command);
        var risk = Actions.CommandLine.RiskOf(words, "runs a command where the service runs, with the service's own rights");
        return new ActionAssessment(risk.Level, risk.Reasons, Variables.Clean($"{pod}: {Actions.CommandLine.Show(words)}", Limits.Line), NotUndone);
    }

    public async Task<ActionTarget?> PrepareAsync(ActionContext context, CancellationToken cancellationToken)
    {
        Check(context.Inputs);
        FoundObject.CheckFilled(context.Inputs);
        var name = PodInput.NameOf(context);
        var found = await FoundObject.ReadAsync(context, Pod.Definition, name, cancellationToken);
        var title = Resources.Title(Pod.Definition, name);
        FoundObject.CheckLiving(found, title);
        var container = PodInput.ContainerOf(context.Inputs, found);
        var status = found.Items("status", "containerStatuses").FirstOrDefault(status => status.Text("name") == container);
        if (status.At("state", "running") is null)
        {
            throw new ActionException($"the container {container} of {title} does not run");
        }

        var target = Resources.Target(Pod.Definition, name, found, NotUndone);
        target.Seen![Container] = container;
        return target;
    }

    public async Task<ActionOutcome> ActAsync(ActionContext context, ActionTarget? target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (await MarkAsync(context, target, cancellationToken) is { } outcome)
        {
            return outcome;
        }

        var words = Actions.CommandLine.Words(context.Inputs, Command);
        if (context.DryRun)
        {
            return new ActionOutcome.Succeeded(DryRuns.Would($"{Resources.Title(target)}: {Actions.CommandLine.Show(words)}\n"));
        }

        var timeout = context.Inputs.Time(Timeout) ?? DefaultTimeout;
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(timeout);
        using var output = new MemoryStream();
        try
        {
            var options = new ExecOptions
            {
                Command = words,
                Container = target.Seen.Text(Container),
                Output = output,
                Error = output,
                MaximumBytes = ActionOutput.MaximumBytes / 2,
            };
            var result = await context.Client.ExecAsync(Resources.NameOf(target), options, bound.Token);
            return ExecVerdict.Of(result, Encoding.UTF8.GetString(output.ToArray()));
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ExecVerdict.TimedOut(timeout);
        }
        catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
        {
            return ExecVerdict.Of(ApiFailure.Of(exception, cancellationToken)!);
        }
    }

    // Null if this process's own mark has landed, and it may run the command.
    private static async Task<ActionOutcome?> MarkAsync(ActionContext context, ActionTarget target, CancellationToken cancellationToken)
    {
        if (target.Seen.Text(ActionTarget.SeenAttempt) == context.AttemptId)
        {
            return ExecVerdict.Begun(target);
        }

        for (var sends = 1; ; sends++)
        {
            ApiFailure failure;
            try
            {
                var mark = MergePatch.OfObject(context, target, new JsonObject()) with { DryRun = context.DryRun };
                await context.Client.PatchAsync(Pod.Definition, Resources.NameOf(target), mark, cancellationToken);
                return null;
            }
            catch (Exception exception) when (ApiFailure.Of(exception, cancellationToken) is not null)
            {
                failure = ApiFailure.Of(exception, cancellationToken)!;
            }

            var sighting = await GuardedPatch.LookAsync(context, target, cancellationToken);
            if (ExecVerdict.OfMark(failure, sighting, target, last: sends == GuardedPatch.MaximumSends) is { } outcome)
            {
                return outcome;
            }
        }
    }

    private ObjectInput Check(ActionInputs inputs)
    {
        InputCheck.Check(Declaration, inputs);
        if (!inputs.IsOpen(Timeout) && inputs.Time(Timeout) is { } timeout && (timeout <= TimeSpan.Zero || timeout > MaximumTimeout))
        {
            throw new ActionException($"the input timeout must be above 0s and at most {Duration.Of(MaximumTimeout)}");
        }

        return PodInput.Read(inputs);
    }
}
