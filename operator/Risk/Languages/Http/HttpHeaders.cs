using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Languages.Http;

/// <summary>Headers, users and bodies, as curl and wget take them.</summary>
internal static class HttpHeaders
{
    private static readonly string[] Secret =
        ["authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "apikey", "x-auth-token", "x-auth-key", "private-token", "job-token", "x-vault-token", "x-consul-token", "x-gitlab-token"];

    /// <summary>Judges <c>Name: value</c>, or <c>@file</c>. With <paramref name="shows"/> the program prints the headers it sends.</summary>
    public static void Judge(Argument header, bool shows, TableCommand command)
    {
        if (header.Text is ['@', ..])
        {
            command.Read(header.From(1));
            return;
        }

        var colon = header.Text.AsSpan().IndexOfAny(':', ';');
        var name = (colon < 0 ? header.Text : header.Text[..colon]).Trim().ToLowerInvariant();
        var value = colon < 0 ? "" : header.Text[(colon + 1)..].Trim();
        if (Secret.Contains(name) && value.Length > 0 && (shows || !CodeFindings.HoldsValue(value)))
        {
            command.Findings.Add("http.credentials", header.Span, $"The header `{name}`");
        }
        else if (name is "x-http-method-override" or "x-http-method" or "x-method-override")
        {
            command.Findings.Add("http.method", header.Span, $"The header `{name}`");
        }
        else if (header.BeginsUnknown)
        {
            command.Findings.Add("file.unknown", header);
        }
    }

    /// <summary>Judges <c>user:password</c>.</summary>
    public static void JudgeUser(Argument user, bool shows, TableCommand command)
    {
        var colon = user.Text.IndexOf(':', StringComparison.Ordinal);
        if (shows || (colon >= 0 && colon + 1 < user.Text.Length && !CodeFindings.HoldsValue(user.Text[colon..])))
        {
            command.Findings.Add("http.credentials", user.Span, "The user with a password");
        }
    }

    /// <summary>Judges a body that is the content of a file where it begins with <c>@</c>.</summary>
    public static void JudgeData(Argument data, TableCommand command)
    {
        if (data.Text is ['@', ..])
        {
            command.Read(data.From(1));
        }
        else if (data.BeginsUnknown)
        {
            // The value could begin with `@`; `--data-raw` takes it as it is.
            command.Findings.Add("file.unknown", data);
        }

        JudgeStatement(data, command);
    }

    // `q=DROP DATABASE x`, alone or behind others.
    private static void JudgeStatement(Argument data, TableCommand command)
    {
        foreach (var pair in data.Text.Split('&').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2 && HttpTable.Has("statementParameters", pair[0].ToLowerInvariant())))
        {
            var words = pair[1].ToLowerInvariant().Split(';').Select(statement => statement.TrimStart(' ', '+', '(', '\n', '\t').Split(' ', '+', '\n', '\t')[0]);
            if (words.Any(word => HttpTable.Has("destroyingValues", word) || HttpTable.Has("changingStatements", word)))
            {
                command.Findings.Add("http.destroy", data.Span, $"The statement in `{pair[0]}`");
            }
        }
    }

    /// <summary>Judges a part of a form: <c>name=@file</c> and <c>name=&lt;file</c>.</summary>
    public static void JudgeForm(Argument form, TableCommand command)
    {
        var equals = form.Text.IndexOf('=', StringComparison.Ordinal);
        var value = form.From(equals + 1);
        if (equals < 0 || value.BeginsUnknown)
        {
            command.Findings.Add("file.unknown", form);
        }
        else if (value.Text is ['@' or '<', .. var path])
        {
            command.Read(value with { Text = path.Split(';')[0] });
        }
    }

    /// <summary>Judges <c>content</c>, <c>=content</c>, <c>name=content</c>, <c>@file</c> and <c>name@file</c>.</summary>
    public static void JudgeEncoded(Argument data, TableCommand command)
    {
        var mark = data.Text.AsSpan().IndexOfAny('=', '@');
        if (mark >= 0 && data.Text[mark] == '@')
        {
            command.Read(data.From(mark + 1));
        }
        else if (data.HasMarker && mark < 0)
        {
            command.Findings.Add("file.unknown", data);
        }

        JudgeStatement(data, command);
    }
}
