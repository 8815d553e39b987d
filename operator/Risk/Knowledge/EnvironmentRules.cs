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
    private static readonly string[] Credentials;

    static EnvironmentRules()
    {
        var lists = Tables.Lists("environment.yaml");
        (Steering, Pagers, Harmless) = (lists.Words("steers"), lists.Words("pagers"), lists.Words("harmlessPagers"));
        (Hosts, Passwords) = (lists.Words("hosts"), lists.Words("passwords"));
        Credentials = lists.Words("credentials");
        lists.Done();
    }

    /// <summary>Whether setting <paramref name="name"/> to <paramref name="value"/> (null: not known) steers programs.</summary>
    public static bool Steers(string name, Argument? value) => SteersAs(name, value is { IsLiteral: true } ? value.Text : null);

    /// <summary>The same for a value that is known word for word; null for one that is not.</summary>
    public static bool SteersAs(string name, string? literal)
    {
        if (Pagers.Any(pattern => Matches(pattern, name)))
        {
            return literal is null || (literal.Length > 0 && !Harmless.Contains(literal));
        }

        if (Hosts.Contains(name))
        {
            return literal is null;
        }

        return Steering.Any(pattern => Matches(pattern, name));
    }

    /// <summary>Whether setting <paramref name="name"/> to <paramref name="value"/> shows a password.</summary>
    public static bool ShowsPassword(string name, Argument? value) => value is { IsLiteral: true, Text.Length: > 0 } && Passwords.Contains(name);

    /// <summary>The same for a value that is known word for word.</summary>
    public static bool ShowsPasswordAs(string name, string literal) => literal.Length > 0 && Passwords.Contains(name);

    /// <summary>Whether <paramref name="name"/> is what a client proves itself with.</summary>
    public static bool IsCredential(string name) => Credentials.Any(pattern => Matches(pattern, name));

    private static bool Matches(string pattern, string name) => pattern switch
    {
        ['*', .. var ending] => name.EndsWith(ending, StringComparison.Ordinal),
        [.. var beginning, '*'] => name.StartsWith(beginning, StringComparison.Ordinal),
        _ => name == pattern,
    };
}
