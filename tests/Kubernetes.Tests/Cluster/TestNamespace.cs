using System.Security.Cryptography;
using RunbookOperator.TestKit;

namespace RunbookOperator.Kubernetes.Tests.Cluster;

/// <summary>A namespace of its own for each test, on the real API server.</summary>
public abstract class TestNamespace : IAsyncLifetime
{
    protected string Name { get; } = "kube-" + RandomNumberGenerator.GetHexString(8, lowercase: true);

    protected KubernetesClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Client = new KubernetesClient(ClusterConfig.Load(await TestCluster.KubeconfigAsync(CancellationToken.None)));
        await Client.CreateAsync(new Namespace { Metadata = new ObjectMeta { Name = Name } }, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await Client.DeleteAsync<Namespace>(new NamespacedName("", Name), null, CancellationToken.None);
        Client.Dispose();
    }

    protected NamespacedName Key(string name) => new(Name, name);

    protected ConfigMap Map(string name, params (string Key, string Value)[] data) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = Name, Labels = new() { ["test"] = "yes" } },
        Data = data.ToDictionary(entry => entry.Key, entry => entry.Value),
    };
}
