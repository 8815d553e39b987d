using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace RunbookOperator.Admission;

/// <summary>The port that the API server calls.</summary>
internal static class AdmissionKestrel
{
    /// <summary>Listens on <paramref name="port"/> with TLS and the certificate that <paramref name="registration"/> has at that moment, so
    /// that a renewed one is used from the next connection on.</summary>
    public static void ListenAdmission(this KestrelServerOptions kestrel, int port, WebhookRegistration registration) =>
        kestrel.ListenAnyIP(port, listen => listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => registration.Certificate));
}
