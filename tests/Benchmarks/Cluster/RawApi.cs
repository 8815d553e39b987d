using System.Net;
using System.Net.Http.Headers;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Benchmarks.Cluster;

/// <summary>The API server without the client: HTTP, and bytes that are read and counted. The connection is made the same way.</summary>
internal sealed class RawApi : IDisposable
{
    private readonly KubernetesClient _owner;
    private readonly HttpMessageInvoker _http;
    private readonly string _server;

    public RawApi(string kubeconfig)
    {
        HttpMessageHandler? handler = null;
        var config = ClusterConfig.Load(kubeconfig);
        _owner = new KubernetesClient(config, wrap: inner => handler = inner);
        _http = new HttpMessageInvoker(handler!, disposeHandler: false);
        _server = config.Server.AbsoluteUri.TrimEnd('/');
    }

    /// <summary>The path of all runbooks of a namespace.</summary>
    public static string Collection(string ns) =>
        $"/apis/{RunbookMetadata.Definition.ApiVersion}/namespaces/{ns}/{RunbookMetadata.Definition.Plural}";

    /// <summary>Lists page by page and returns how many bytes came.</summary>
    public async Task<long> ListAsync(string collection, int pageSize)
    {
        var buffer = new byte[1 << 20];
        var total = 0L;
        var token = "";
        do
        {
            var query = $"?limit={pageSize}" + (token.Length > 0 ? $"&continue={Uri.EscapeDataString(token)}" : "");
            using var response = await GetAsync(collection + query, CancellationToken.None);
            await using var stream = await response.Content.ReadAsStreamAsync();
            var length = 0;
            for (int read; (read = await stream.ReadAsync(buffer.AsMemory(length))) > 0; length += read)
            {
                if (length + read == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 2);
                }
            }

            total += length;
            token = ContinueToken(buffer.AsSpan(0, length));
        }
        while (token.Length > 0);

        return total;
    }

    /// <summary>Sends a GET and returns the answer as soon as its head is there.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = Message(HttpMethod.Get, path);
        var response = await _http.SendAsync(request, cancellationToken);
        return response.EnsureSuccessStatusCode();
    }

    /// <summary>Creates an object and reads the answer.</summary>
    public async Task PostAsync(string path, byte[] body)
    {
        using var request = Message(HttpMethod.Post, path);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await _http.SendAsync(request, CancellationToken.None);
        response.EnsureSuccessStatusCode();
        await response.Content.CopyToAsync(Stream.Null);
    }

    public void Dispose()
    {
        _http.Dispose();
        _owner.Dispose();
    }

    // The metadata of a list of custom resources comes last.
    private static string ContinueToken(ReadOnlySpan<byte> page)
    {
        var start = page.LastIndexOf("\"continue\":\""u8);
        if (start < 0)
        {
            return "";
        }

        var value = page[(start + "\"continue\":\"".Length)..];
        return System.Text.Encoding.ASCII.GetString(value[..value.IndexOf((byte)'"')]);
    }

    private HttpRequestMessage Message(HttpMethod method, string path) => new(method, _server + path)
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        Headers = { Accept = { new MediaTypeWithQualityHeaderValue("application/json") } },
    };
}
