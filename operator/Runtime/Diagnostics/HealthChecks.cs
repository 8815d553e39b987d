using System.Collections.Concurrent;

namespace RunbookOperator.Runtime;

/// <summary>Named checks that decide whether a process is alive, or ready. Asked at every probe: they must be quick and must not wait.</summary>
public sealed class HealthChecks
{
    private readonly ConcurrentDictionary<string, Func<string?>> _checks = new(StringComparer.Ordinal);

    /// <summary>Makes checks with one that always passes, <c>ping</c>: the process answers.</summary>
    public HealthChecks() => Add("ping", static () => null);

    /// <summary>Adds a check.</summary>
    /// <param name="name">Its name in paths: lower-case letters, digits and dashes.</param>
    /// <param name="problem">Null if all is well, else what is not. Anybody who reaches the port can read it: no secrets.</param>
    /// <exception cref="ArgumentException">The name cannot be used, or is taken.</exception>
    public HealthChecks Add(string name, Func<string?> problem)
    {
        if (name.Length == 0 || !name.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-'))
        {
            throw new ArgumentException($"\"{name}\" cannot be the name of a check.", nameof(name));
        }

        return _checks.TryAdd(name, problem) ? this : throw new ArgumentException($"There is a check named {name} already.", nameof(name));
    }

    /// <summary>Asks the checks, all of them or one by name, in the order of their names; null if there is none of that name.</summary>
    internal HealthReport? Run(string? only, IReadOnlyCollection<string?> exclude)
    {
        if (only is not null && !_checks.ContainsKey(only))
        {
            return null;
        }

        return new HealthReport([.. _checks
            .Where(check => only is null ? !exclude.Contains(check.Key) : check.Key == only)
            .OrderBy(static check => check.Key, StringComparer.Ordinal)
            .Select(static check => (check.Key, Ask(check.Value)))]);
    }

    private static string? Ask(Func<string?> problem)
    {
        try
        {
            return problem();
        }
        catch (Exception exception)
        {
            // Its message may hold anything.
            return $"the check failed: {exception.GetType().Name}";
        }
    }
}

/// <summary>What checks have said.</summary>
/// <param name="Results">Name, and problem or null, of each.</param>
internal sealed record HealthReport(IReadOnlyList<(string Name, string? Problem)> Results)
{
    public bool Passed => Results.All(static result => result.Problem is null);

    /// <summary>As Kubernetes' own components write it.</summary>
    /// <param name="page">The page's name, such as <c>readyz</c>.</param>
    public string Describe(string page) =>
        string.Concat(Results.Select(static result => result.Problem is null ? $"[+]{result.Name} ok\n" : $"[-]{result.Name} failed: {result.Problem}\n"))
        + $"{page} check {(Passed ? "passed" : "failed")}\n";
}
