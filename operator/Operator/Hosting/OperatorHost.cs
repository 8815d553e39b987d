using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RunbookOperator.Admission;
using RunbookOperator.Kubernetes;
using RunbookOperator.Runtime;

namespace RunbookOperator.Hosting;

/// <summary>What an operator takes from its surroundings. A test gives its own.</summary>
public sealed record OperatorSurroundings
{
    /// <summary>The cluster.</summary>
    public required IKubernetesClient Client { get; init; }

    /// <summary>Hosts of the API server, as names or addresses: actions that speak to other systems do not speak to these.</summary>
    public IReadOnlyList<string> ApiServers { get; init; } = [];

    /// <summary>Clock, logs, counters.</summary>
    public RuntimeContext Context { get; init; } = new();

    /// <summary>What else is told under <c>/metrics</c>, such as of the process.</summary>
    public IReadOnlyList<Meter> Meters { get; init; } = [];

    /// <summary>Where the audit trail goes.</summary>
    public TextWriter Audit { get; init; } = TextWriter.Null;

    /// <summary>Gives that many random bytes.</summary>
    public required Func<int, byte[]> Random { get; init; }
}

/// <summary>One operator: its servers, caches and controllers. Several may live in one process.</summary>
public sealed class OperatorHost : IAsyncDisposable
{
    private readonly OperatorParts _parts;
    private readonly WebApplication _web;
    private readonly WebhookRegistration _registration;
    private readonly PrometheusExposition _metrics;

    private OperatorHost(OperatorParts parts, WebApplication web, WebhookRegistration registration, PrometheusExposition metrics)
    {
        _parts = parts;
        _web = web;
        _registration = registration;
        _metrics = metrics;
    }

    /// <summary>Ends when all caches have synced.</summary>
    public Task Synced => _parts.Manager.Synced;

    /// <summary>Ends when this operator leads and its controllers work.</summary>
    public Task Leading => _parts.Manager.Started;

    /// <summary>The addresses the servers listen on: alerts, health, admission, in this order.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <summary>Waits until no controller has anything to do at once.</summary>
    public Task IdleAsync(CancellationToken cancellationToken) => _parts.Manager.IdleAsync(cancellationToken);

    /// <summary>Makes an operator, with its keys.</summary>
    public static async Task<OperatorHost> CreateAsync(OperatorOptions options, OperatorSurroundings surroundings, CancellationToken cancellationToken)
    {
        // Before anything counts.
        var metrics = new PrometheusExposition([surroundings.Context.Metrics.Meter, .. surroundings.Meters]);
        var keys = await HmacKeys.LoadAsync(surroundings.Client, options.Namespace, surroundings.Random, cancellationToken);
        var parts = OperatorParts.Of(options, surroundings, keys);
        var admission = new AdmissionOptions
        {
            Namespace = options.Namespace,
            OperatorUsername = options.Username,
            Url = options.AdmissionUrl.Length == 0 ? null : new Uri(options.AdmissionUrl),
        };
        var registration = new WebhookRegistration(
            surroundings.Client, admission, surroundings.Context.Time, surroundings.Random, surroundings.Context.Loggers.CreateLogger<WebhookRegistration>());
        var handler = new AdmissionHandler(keys, admission, surroundings.Client, surroundings.Context.Time);
        var diagnostics = new Diagnostics(parts.Manager, registration, metrics);
        return new OperatorHost(parts, Web(options, surroundings, parts, registration, handler, diagnostics), registration, metrics);
    }

    /// <summary>Opens the ports, registers the webhooks, and works until <paramref name="cancellationToken"/>.</summary>
    /// <exception cref="LeadershipLostException">Another operator leads, or may. The process must end.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _registration.StartAsync(cancellationToken);
        await _web.StartAsync(cancellationToken);
        Addresses = [.. _web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];
        try
        {
            await _parts.Manager.RunAsync(cancellationToken);
        }
        finally
        {
            // Alerts are taken to the very end: whatever was accepted is stored.
            await _web.StopAsync(CancellationToken.None);
            await _registration.StopAsync(CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _registration.Dispose();
        await _parts.DisposeAsync();
        _metrics.Dispose();
    }

    private static WebApplication Web(
        OperatorOptions options,
        OperatorSurroundings surroundings,
        OperatorParts parts,
        WebhookRegistration registration,
        AdmissionHandler admission,
        Diagnostics diagnostics)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(surroundings.Context.Loggers);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            Limit(kestrel.Limits);
            var address = IPAddress.Parse(options.Listen);
            kestrel.Listen(address, options.AlertsPort, listen => listen.Use(next => context => Tagged(context, next, Port.Alerts)));
            kestrel.Listen(address, options.HealthPort, listen => listen.Use(next => context => Tagged(context, next, Port.Health)));
            kestrel.Listen(address, options.AdmissionPort, listen =>
            {
                listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => registration.Certificate);
                listen.Use(next => context => Tagged(context, next, Port.Admission));
            });
        });
        var web = builder.Build();
        web.Use(async (http, next) =>
        {
            // Each port serves its own paths: what reaches the alerts does not reach admission.
            if (http.Features.Get<Port>()?.Serves(http.Request.Path) != true)
            {
                http.Response.StatusCode = 404;
                return;
            }

            await next(http);
        });
        web.UseRouting();
        parts.Alerts.Map(web);
        diagnostics.Map(web);
        web.MapAdmission(admission);
        web.UseEndpoints(static _ => { });
        return web;
    }

    private static Task Tagged(
        Microsoft.AspNetCore.Connections.ConnectionContext context, Microsoft.AspNetCore.Connections.ConnectionDelegate next, Port port)
    {
        context.Features.Set(port);
        return next(context);
    }

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = 512;
        limits.MaxRequestBodySize = AdmissionEndpoints.MaximumBody;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        limits.MinRequestBodyDataRate = new MinDataRate(1024, TimeSpan.FromSeconds(5));
    }
}
