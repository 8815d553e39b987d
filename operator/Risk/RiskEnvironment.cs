using RunbookOperator.Risk.Knowledge;

namespace RunbookOperator.Risk;

/// <summary>What a variable that is given to a command besides its values says of the command's risk. It is judged as <c>NAME=value command</c> is.</summary>
public static class RiskEnvironment
{
    /// <summary>Why a variable with a value that is written out makes its command dangerous; null if it does not.</summary>
    public static string? WhyDangerous(string name, string value) =>
        EnvironmentRules.SteersAs(name, value) ? Steers(name) : EnvironmentRules.ShowsPasswordAs(name, value) ? $"env {name} shows a password; take it from a Secret" : null;

    /// <summary>Why a variable with a value from a Secret makes its command dangerous; null if it does not. Credentials do not: the owner of
    /// the Secret says which steps may have them.</summary>
    public static string? WhyDangerousFromSecret(string name) =>
        EnvironmentRules.SteersAs(name, null) && !EnvironmentRules.IsCredential(name) ? Steers(name) : null;

    private static string Steers(string name) => $"env {name} decides what programs run or where they connect";
}
