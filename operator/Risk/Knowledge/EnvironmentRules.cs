using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>Which variables make other words mean something else.</summary>
internal static class EnvironmentRules
{
    private static readonly string[] Steering;
    private static readonly string[] Pagers;
    private static readonly string[] Harmless;
    private static readonly string[] Hosts;
    private static readonly string[] Passwords;

    static EnvironmentRules()
    {
        var lists = Tables.Lists("environment.yaml");
        (Steering, Pagers, Harmless) = (lists.Words("steers"), lists.Words("pagers"), lists.Words("harmlessPagers"));
        (Hosts, Passwords) = (lists.Words("hosts"), lists.Words("passwords"));
        lists.Done();
    }

    /// <summary>Whether setting <paramref name="name"/> to <paramref name="value"/> (null: not known) steers programs.</summary>
    public static bool Steers(string name, Argument? value)
    {
        if (Pagers.Any(pattern => Matches(pattern, name)))
        {
            return value is not { IsLiteral: true } || (value.Text.Length > 0 && !Harmless.Contains(value.Text));
        }

        if (Hosts.Contains(name))
        {
            return value is not { IsLiteral: true };
        }

        return Steering.Any(pattern => Matches(pattern, name));
    }

    /// <summary>Whether setting <paramref name="name"/> to <paramref name="value"/> shows a password.</summary>
    public static bool ShowsPassword(string name, Argument? value) => value is { IsLiteral: true, Text.Length: > 0 } && Passwords.Contains(name);

    private static bool Matches(string pattern, string name) => pattern switch
    {
        ['*', .. var ending] => name.EndsWith(ending, StringComparison.Ordinal),
        [.. var beginning, '*'] => name.StartsWith(beginning, StringComparison.Ordinal),
        _ => name == pattern,
    };
}
