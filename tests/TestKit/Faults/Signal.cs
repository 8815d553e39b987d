using System.Globalization;

namespace RunbookOperator.TestKit;

/// <summary>Signals to processes that a test has started.</summary>
public static class Signal
{
    /// <summary>Sends <paramref name="signal"/>, such as STOP or CONT.</summary>
    public static async Task SendAsync(int process, string signal) =>
        (await Shell.RunAsync("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)], null, CancellationToken.None)).EnsureSuccess();
}
