using System.Text;

namespace RunbookOperator.Kubernetes;

/// <summary>The parameters of a request; those without a value are left out.</summary>
internal sealed class QueryString
{
    private readonly StringBuilder _text = new();

    public QueryString Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public QueryString Add(string name, long? value) => Add(name, value?.ToString());

    public QueryString Add(string name, bool value) => Add(name, value ? "true" : null);

    public QueryString AddDryRun(bool dryRun) => Add("dryRun", dryRun ? "All" : null);

    public override string ToString() => _text.ToString();
}
