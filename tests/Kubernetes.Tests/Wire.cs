using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests;

/// <summary>A client whose server is a function.</summary>
internal sealed class Wire : IDisposable
{
    public Wire(Func<WireRequest, HttpResponseMessage> answer, TimeProvider? time = null)
        : this(new WireHandler(answer), time)
    {
    }

    public Wire(WireHandler handler, TimeProvider? time = null)
    {
        Handler = handler;
        Client = new KubernetesClient(new Uri("https://cluster.example/base/"), handler, time: time);
    }

    public WireHandler Handler { get; }

    public KubernetesClient Client { get; }

    public WireRequest Request => Assert.Single(Handler.Requests);

    /// <summary>The only request, without the server's own path.</summary>
    public string Line => Request.Line.Replace(" /base/", " /", StringComparison.Ordinal);

    public static Wire Answering(string json) => new(_ => WireHandler.Json(json));

    public void Dispose() => Client.Dispose();
}
