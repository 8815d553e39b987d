using RunbookOperator.Api;

namespace RunbookOperator.Actions;

/// <summary>Addresses in inputs. Scheme and host stand in the runbook: no alert says who is asked.</summary>
internal static class OutsideUrl
{
    /// <summary>Checks an address that holds no variable and no query.</summary>
    /// <exception cref="ActionException">It is none.</exception>
    public static void CheckWhole(ActionInputs inputs, string name)
    {
        if (inputs.Written.IsOpen(name))
        {
            throw new ActionException($"the input {name} may not hold a variable: who is asked stands in the runbook");
        }

        if (Read(inputs, name).Query.Length > 0)
        {
            throw new ActionException($"the input {name} may not hold a query");
        }
    }

    /// <summary>Checks an address in whose path and query variables may stand, each with a value that a command could get.</summary>
    /// <exception cref="ActionException">It is none.</exception>
    public static void CheckOpen(ActionInputs inputs, string name)
    {
        var written = inputs.Written.Required(name);
        if (Variables.NamesIn(Authority(written)).Any() || !written.Contains("://", StringComparison.Ordinal))
        {
            throw new ActionException($"the input {name} must say scheme and host itself: who is asked stands in the runbook");
        }

        CheckBounded(inputs, name);
        if (!inputs.IsOpen(name))
        {
            Read(inputs, name);
        }
    }

    /// <summary>Checks that each value filled into an input is one that could stand in a command: it cannot end its part and begin another.</summary>
    /// <exception cref="ActionException">One is not.</exception>
    public static void CheckBounded(ActionInputs inputs, string name)
    {
        foreach (var variable in Variables.NamesIn(inputs.Written.Text(name) ?? ""))
        {
            // `%` would be the beginning of any sign.
            if (inputs.Given.TryGetValue(variable, out var value) && (!Variables.IsSafeForRun(value) || value.Contains('%')))
            {
                throw new ActionException($"the value of {variable} may not stand in the input {name}: only letters, digits and ._:/@+,- are allowed, no leading -, no ..");
            }
        }
    }

    /// <summary>Scheme, host and port as they are written: what may be told of an address.</summary>
    public static string Authority(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        var end = start < 0 ? -1 : url.AsSpan(start + 3).IndexOfAny('/', '?', '#');
        return Variables.Clean(end < 0 ? url : url[..(start + 3 + end)], Limits.Line);
    }

    private static Uri Read(ActionInputs inputs, string name)
    {
        var text = inputs.Required(name);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https") && url.Host.Length > 0
            && url.UserInfo.Length == 0 && url.Fragment.Length == 0 && !text.Any(c => char.IsControl(c) || c is ' ' or '\\' or > '~')
            ? url
            : throw new ActionException($"the input {name} must be an address such as https://example.com/, without user, password and #");
    }
}
