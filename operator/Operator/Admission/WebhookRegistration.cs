using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Admission;

/// <summary>Keeps the webhooks reachable: certificate and configuration at start, both looked at again every <see cref="Interval"/>.</summary>
internal sealed partial class WebhookRegistration(
    IKubernetesClient client, AdmissionOptions options, TimeProvider time, Func<int, byte[]> random, ILogger<WebhookRegistration> logger)
    : BackgroundService
{
    /// <summary>How often the certificate's age and the configuration are looked at.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly CertificateStore _store = new(client, options, time, random);
    private X509Certificate2? _certificate;

    /// <summary>What to serve with, for the selector of the TLS server; null before <see cref="RegisterAsync"/> has ended once.</summary>
    public X509Certificate2? Certificate => Volatile.Read(ref _certificate);

    /// <summary>Makes or takes the certificate, and tells the API server. The operator is ready when this has ended once.</summary>
    public async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var serving = await _store.EnsureAsync(cancellationToken);

        // First the authorities, then the certificate: the API server trusts the new one and the old one before the new one is shown.
        await WebhookConfigurations.ApplyAsync(client, options, serving.CaBundle(), cancellationToken);
        var certificate = serving.Load();
        if (Certificate?.Thumbprint != certificate.Thumbprint)
        {
            Volatile.Write(ref _certificate, certificate);
            LogServing(certificate.NotAfter.ToUniversalTime().ToString("O"));
        }
    }

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RegisterAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RegisterAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // A third of the certificate's life is left to try again.
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Serving webhooks with a certificate valid until {NotAfter}.")]
    private partial void LogServing(string notAfter);

    [LoggerMessage(2, LogLevel.Warning, "The webhooks' certificate and configuration could not be looked at; trying again in an hour.")]
    private partial void LogFailed(Exception exception);
}
