using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RunbookOperator.Admission;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster;

/// <summary>The operator's webhooks in this process, called by the real API server about one namespace.</summary>
internal sealed class AdmissionServer : IAsyncDisposable
{
    private const string NamespaceLabel = "runbooks.dev/test";

    private readonly IKubernetesClient _client;
    private readonly WebhookRegistration _registration;
    private readonly WebApplication _server;

    private AdmissionServer(IKubernetesClient client, AdmissionOptions options, HmacKeys keys, WebhookRegistration registration, WebApplication server)
    {
        _client = client;
        Options = options;
        Keys = keys;
        _registration = registration;
        _server = server;
    }

    public AdmissionOptions Options { get; }

    public HmacKeys Keys { get; }

    public static async Task<AdmissionServer> StartAsync(IKubernetesClient client, Kubectl kubectl, string ns, TimeProvider time)
    {
        await kubectl.RunAsync(["label", "namespace", ns, $"{NamespaceLabel}={ns}"]);
        var port = FreePort.Next();
        var options = new AdmissionOptions
        {
            Name = ns,
            Namespace = ns,
            OperatorUsername = $"system:serviceaccount:{ns}:runbook-operator",
            Url = new Uri($"https://127.0.0.1:{port}"),
            NamespaceSelector = new LabelSelector { MatchLabels = new Dictionary<string, string> { [NamespaceLabel] = ns } },
        };
        var keys = await HmacKeys.LoadAsync(client, ns, RandomNumberGenerator.GetBytes, CancellationToken.None);
        var registration = new WebhookRegistration(
            client, options, time, RandomNumberGenerator.GetBytes, NullLogger<WebhookRegistration>.Instance);
        var server = Build(port, registration);
        server.MapAdmission(new AdmissionHandler(keys, options, client, time));
        await server.StartAsync();
        await registration.StartAsync(CancellationToken.None);
        return new AdmissionServer(client, options, keys, registration, server);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DeleteAsync<MutatingWebhookConfiguration>(new NamespacedName("", Options.Name), null, CancellationToken.None);
        await _client.DeleteAsync<ValidatingWebhookConfiguration>(new NamespacedName("", Options.Name), null, CancellationToken.None);
        await _registration.StopAsync(CancellationToken.None);
        _registration.Dispose();
        await _server.DisposeAsync();
    }

    private static WebApplication Build(int port, WebhookRegistration registration)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenAnyIP(
            port, listen => listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => registration.Certificate)));
        return builder.Build();
    }
}
