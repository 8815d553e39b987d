using System.Security.Cryptography;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cluster;

/// <summary>A namespace of its own for one test, deleted at its end.</summary>
internal sealed class TestNamespace : IAsyncDisposable
{
    private readonly Kubectl _kubectl;

    private TestNamespace(Kubectl kubectl, string name)
    {
        _kubectl = kubectl;
        Name = name;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Makes one.</summary>
    public static async Task<TestNamespace> CreateAsync(Kubectl kubectl)
    {
        var name = "test-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        await kubectl.RunAsync(["create", "namespace", name]);
        return new TestNamespace(kubectl, name);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _kubectl.TryAsync(["delete", "namespace", Name, "--wait=false"]);
}
