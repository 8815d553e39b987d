using System.Text;

namespace RunbookOperator.Kubernetes;

/// <summary>PEM in a kubeconfig, as data or as a file. The data wins, as in kubectl.</summary>
internal sealed record Material(string? Data, string? Path, string Field, Place Place)
{
    public bool IsSet => !string.IsNullOrEmpty(Data) || Path is not null;

    /// <summary>Whether it may change.</summary>
    public bool IsFile => string.IsNullOrEmpty(Data) && Path is not null;

    /// <summary>A function that gives the text that is valid now; only for what is set.</summary>
    /// <exception cref="ConfigurationException">The data is not base64. That a file cannot be read is told by the function.</exception>
    public Func<string> Open(TimeProvider time)
    {
        if (IsFile)
        {
            return new FileText(Path!, Field, Place, time).Read;
        }

        var text = Decode();
        return () => text;
    }

    private string Decode()
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(Data!));
        }
        catch (FormatException exception)
        {
            throw Place.Error($"{Field}-data", "is not base64.", exception);
        }
    }
}
