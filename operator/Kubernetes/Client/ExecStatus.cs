using System.Text.Json;

namespace RunbookOperator.Kubernetes;

/// <summary>Reads the Status that ends an exec: by its reason, never by its text.</summary>
internal static class ExecStatus
{
    /// <summary>The exit code of the program.</summary>
    /// <exception cref="HttpRequestException">There is none: the connection ended before the program did.</exception>
    /// <exception cref="ApiException">The program was not run.</exception>
    public static int ExitCode(byte[] json)
    {
        if (json.Length == 0)
        {
            throw new HttpRequestException("The connection to the container ended before the program did.");
        }

        var status = Decode(json);
        return status switch
        {
            { Outcome: "Success" } => 0,
            { Reason: "NonZeroExitCode", Details.Causes: { } causes }
                when causes.Find(cause => cause.Reason == "ExitCode")?.Message is { } text && int.TryParse(text, out var code) => code,
            _ => throw ApiErrors.FromStatus(status),
        };
    }

    private static Status? Decode(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, KubernetesJson.Options.TypeOf<Status>());
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("The status of the program is not JSON.", exception);
        }
    }
}
