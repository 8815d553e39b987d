using Microsoft.Extensions.Logging;
using RunbookOperator.Kubernetes;
using RunbookOperator.TestKit;

namespace RunbookOperator.Runtime.Tests;

/// <summary>What most tests begin with.</summary>
internal static class Given
{
    public static readonly NamespacedName A = new("shop", "a");
    public static readonly NamespacedName B = new("shop", "b");

    /// <summary>A context on a clock of the test, without jitter.</summary>
    public static RuntimeContext Context(ManualTimeProvider time, ILoggerFactory? loggers = null)
    {
        var context = new RuntimeContext { Time = time, Jitter = static () => 0 };
        return loggers is null ? context : context with { Loggers = loggers };
    }

    public static ConfigMap Map(string name, string version = "1", string? group = null, string ns = "shop", string uid = "u") => new()
    {
        Metadata = new ObjectMeta
        {
            Name = name,
            Namespace = ns,
            ResourceVersion = version,
            Uid = uid,
            Labels = group is null ? null : new() { ["group"] = group },
        },
    };

    /// <summary>A client whose server is a function.</summary>
    public static KubernetesClient Client(WireHandler handler, TimeProvider time) => new(new Uri("https://cluster.example"), handler, time: time);
}
