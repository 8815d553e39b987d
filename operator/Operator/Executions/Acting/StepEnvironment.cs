using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>The environment of a command: what its runbook sets, and the variables that it names. Pure.</summary>
internal static class StepEnvironment
{
    /// <summary>The values: those that are written out, and of the variables those that the command names and nothing else of what the alert
    /// or an earlier step said.</summary>
    /// <param name="step">The step, with what it has from its runbook.</param>
    /// <param name="variables">The variables.</param>
    /// <param name="problem">Why the step cannot start, if it was not known before.</param>
    public static Dictionary<string, string> Of(RunbookStep step, IReadOnlyDictionary<string, string> variables, ref PreparationProblem? problem)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in (step.Env ?? []).Where(variable => variable.SecretKeyRef is null))
        {
            environment[variable.Name] = variable.Value ?? "";
        }

        foreach (var (name, value) in variables.Where(variable => Mentions(step.Run!, variable.Key)))
        {
            environment[name] = value;
            if (!Variables.IsSafeForRun(value))
            {
                problem ??= new PreparationProblem(
                    Reasons.UnsafeValue,
                    $"the value of {name} may not enter a command: only letters, digits and ._:/@%+,- are allowed, no leading -, no ..");
            }
        }

        // Two meanings of one name: nobody could say which one the command gets.
        if ((step.Env ?? []).Find(variable => variables.ContainsKey(variable.Name)) is { } both)
        {
            problem ??= new PreparationProblem(Reasons.Invalid, $"env {both.Name} has the name of a variable; give it another one");
        }

        return environment;
    }

    /// <summary>The values that come from Secrets.</summary>
    public static List<SecretVariable> Secrets(RunbookStep step) =>
        [.. (step.Env ?? []).Where(variable => variable.SecretKeyRef is not null).Select(variable => new SecretVariable(variable.Name, variable.SecretKeyRef!.Name, variable.SecretKeyRef.Key))];

    /// <summary>What a person who decides has to know of it, in at most two lines.</summary>
    public static IEnumerable<string> Words(RunbookStep step, Redactor redactor)
    {
        if (step.Image is { } image)
        {
            yield return $"runs in the image {image}";
        }

        if (step.Env is { Count: > 0 } env)
        {
            yield return redactor.Redact("env " + string.Join(", ", env.Select(variable =>
                variable.SecretKeyRef is { } key ? $"{variable.Name} from the Secret {key.Name}" : $"{variable.Name}={variable.Value}")));
        }
    }

    // As a whole word: the letters of a short name stand in many others.
    private static bool Mentions(string run, string name)
    {
        for (var at = run.IndexOf(name, StringComparison.Ordinal); at >= 0; at = run.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var end = at + name.Length;
            if ((at == 0 || !IsNameCharacter(run[at - 1])) && (end == run.Length || !IsNameCharacter(run[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
