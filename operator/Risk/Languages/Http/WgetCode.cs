using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Languages.Http;

/// <summary>wget: what it asks for, and the file it saves unless told otherwise.</summary>
internal sealed class WgetCode : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        var shows = command.IsOn("--debug");
        foreach (var header in command.Values("--header"))
        {
            HttpHeaders.Judge(header, shows, command);
        }

        var (method, hasBody) = MethodOf(command);
        foreach (var url in command.Operands)
        {
            CodeReport.Add(url, HttpReader.Read(method, url.Text, hasBody), command.Findings);
        }

        if (command.Value("--output-document") is null && !command.IsOn("--spider"))
        {
            command.Findings.Add("file.write", command.Call.Span, command.Title);
        }
    }

    private static (string Method, bool HasBody) MethodOf(TableCommand command)
    {
        var hasBody = command.Value("--body-data") is not null || command.Value("--body-file") is not null;
        if (command.Value("--method") is { } method)
        {
            return (method.IsLiteral ? method.Text.ToUpperInvariant() : "", hasBody);
        }

        var posts = command.Value("--post-data") is not null || command.Value("--post-file") is not null;
        return (posts ? "POST" : "GET", hasBody);
    }
}
