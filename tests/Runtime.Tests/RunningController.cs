using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests;

/// <summary>A controller at work, whose only keys are those that the test adds.</summary>
internal sealed class RunningController : IAsyncDisposable
{
    private readonly KubernetesClient _client;
    private readonly CancellationTokenSource _stop;

    private RunningController(Controller controller, KubernetesClient client, CancellationTokenSource stop, RuntimeContext context)
    {
        Context = context;
        Controller = controller;
        _client = client;
        _stop = stop;
        Ended = controller.RunAsync(stop.Token);
    }

    public Controller Controller { get; }

    public Task Ended { get; }

    public RuntimeContext Context { get; }

    public static RunningController Start(
        ManualTimeProvider time, ILoggerFactory loggers, CancellationTokenSource stop, IReconciler reconciler, int workers = 4)
    {
        var context = Given.Context(time, loggers);
        var client = Given.Client(new ScriptedServer().Handler, time);
        var controller = ControllerBuilder.For(new Informer<ConfigMap>(client, new InformerOptions(), context))
            .WithOptions(new ControllerOptions { Workers = workers })
            .Build(reconciler, context);
        return new RunningController(controller, client, stop, context);
    }

    public Task IdleAsync() => Controller.IdleAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Ended;
        Controller.Dispose();
        _client.Dispose();
    }
}
