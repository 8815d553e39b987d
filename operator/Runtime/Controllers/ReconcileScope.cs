using System.Collections;
using RunbookOperator.Kubernetes;

namespace RunbookOperator.Runtime;

/// <summary>What every log line of one pass carries.</summary>
internal sealed class ReconcileScope(string controller, NamespacedName key, long pass) : IReadOnlyList<KeyValuePair<string, object>>
{
    private readonly KeyValuePair<string, object>[] _values =
    [
        new("controller", controller),
        new("namespace", key.Namespace),
        new("name", key.Name),
        new("reconcileID", $"{controller}-{pass}"),
    ];

    public int Count => _values.Length;

    public KeyValuePair<string, object> this[int index] => _values[index];

    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    public override string ToString() => string.Join(' ', _values.Select(value => $"{value.Key}={value.Value}"));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
