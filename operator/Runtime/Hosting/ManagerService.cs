using Microsoft.Extensions.Hosting;

namespace RunbookOperator.Runtime;

/// <summary>Runs a manager in a host. If the manager fails, or loses its lease, the host stops and the process ends with an error.</summary>
public sealed class ManagerService(Manager manager) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => manager.RunAsync(stoppingToken);
}
