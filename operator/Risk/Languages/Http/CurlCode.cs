using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Knowledge;
using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Languages.Http;

/// <summary>curl: the requests that its options make of its URLs. <c>--next</c> begins a new set of options.</summary>
internal sealed class CurlCode : IProgramCode
{
    private static readonly string[] Bodies = ["--data", "--data-ascii", "--data-binary", "--data-raw", "--data-urlencode", "--json", "--form", "--form-string"];
    private static readonly string[] Shows = ["--verbose", "--trace", "--trace-ascii"];

    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        var shows = command.Uses.Any(use => Shows.Contains(use.Flag.Name));
        foreach (var use in command.Uses.Where(use => use.Value is not null))
        {
            JudgeValue(use, use.Value!, shows, command);
        }

        if (shows && command.Uses.FirstOrDefault(use => use.Flag.Name is "--netrc" or "--netrc-file" or "--netrc-optional") is { } file)
        {
            command.Findings.Add("http.credentials", file.Word);
        }

        var start = 0;
        foreach (var end in command.Uses.Where(use => use.Flag.Name == "--next").Select(use => use.Word.Span.Start).Append(int.MaxValue))
        {
            JudgeSet(command, start, end);
            start = end;
        }
    }

    private static void JudgeValue(FlagUse use, Argument value, bool shows, TableCommand command)
    {
        if (IsLine(use.Flag.Name) && value.Text.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            // A line of its own in what is sent begins another header, or another request.
            command.Findings.Add("http.method", value);
        }

        switch (use.Flag.Name)
        {
            case "--header" or "--proxy-header":
                HttpHeaders.Judge(value, shows, command);
                break;
            case "--user" or "--proxy-user":
                HttpHeaders.JudgeUser(value, shows, command);
                break;
            case "--data" or "--data-ascii" or "--data-binary" or "--json" or "--url-query":
                HttpHeaders.JudgeData(value, command);
                break;
            case "--data-urlencode":
                HttpHeaders.JudgeEncoded(value, command);
                break;
            case "--form":
                HttpHeaders.JudgeForm(value, command);
                break;
            case "--upload-file":
                command.Read(value);
                break;
            case "--cookie" when !value.Text.Contains('=') && !value.HasMarker:
                command.Read(value);
                break;
            case "--cookie" or "--oauth2-bearer" when shows:
                command.Findings.Add("http.credentials", value.Span, $"`{use.Flag.Name}`");
                break;
            case "--write-out":
                JudgeWriteOut(value, command);
                break;
        }
    }

    /// <summary>What is printed at the end; it may name a file that it is printed to, or be the content of one, which is printed and may name others.</summary>
    private static void JudgeWriteOut(Argument value, TableCommand command)
    {
        const string Output = "%output{";
        if (value.Text is ['@', ..])
        {
            command.Read(value.From(1));
            command.Findings.Add("file.write", value);
        }

        for (var at = value.Text.IndexOf(Output, StringComparison.Ordinal); at >= 0; at = value.Text.IndexOf(Output, at + 1, StringComparison.Ordinal))
        {
            var path = value.Text[(at + Output.Length)..];
            path = path[..(path.IndexOf('}', StringComparison.Ordinal) is >= 0 and var end ? end : path.Length)];
            Files.Write(value with { Text = path.TrimStart('>') }, command.Findings);
        }
    }

    private static bool IsLine(string flag) => flag is "--header" or "--proxy-header" or "--user-agent" or "--referer" or "--cookie" or "--request" or "--user" or "--range" or "--oauth2-bearer";

    private static void JudgeSet(TableCommand command, int start, int end)
    {
        var uses = command.Uses.Where(use => use.Word.Span.Start >= start && use.Word.Span.Start < end).ToList();
        var urls = command.Operands.Where(word => word.Span.Start >= start && word.Span.Start < end)
            .Concat(uses.Where(use => use.Flag.Name == "--url" && use.Value is not null).Select(use => use.Value!)).ToList();
        if (urls.Count == 0)
        {
            command.Findings.AddMessage("program.unknown-operand", command.Call.Span, $"{command.Title} is given no URL.");
        }

        var (method, hasBody) = MethodOf(uses, command);
        foreach (var url in urls)
        {
            JudgeUrl(url, method, hasBody, uses, command);
        }
    }

    private static (string Method, bool HasBody) MethodOf(List<FlagUse> uses, TableCommand command)
    {
        var inUrl = uses.Exists(use => use.Flag.Name == "--get");
        var hasBody = !inUrl && uses.Exists(use => Bodies.Contains(use.Flag.Name) || use.Flag.Name == "--upload-file");
        if (uses.FindLast(use => use.Flag.Name == "--request") is { Value: { } method })
        {
            return (method.IsLiteral ? method.Text.ToUpperInvariant() : "", hasBody);
        }

        if (uses.Exists(use => use.Flag.Name == "--head"))
        {
            return ("HEAD", hasBody);
        }

        var uploads = uses.Exists(use => use.Flag.Name == "--upload-file");
        return (uploads ? "PUT" : hasBody ? "POST" : "GET", hasBody && !uploads);
    }

    /// <summary>The URL with what <c>--get</c> and <c>--url-query</c> add to it.</summary>
    private static string WithQuery(string url, List<FlagUse> uses)
    {
        var inUrl = uses.Exists(use => use.Flag.Name == "--get");
        var added = uses.Where(use => use.Value is not null && (use.Flag.Name == "--url-query" || (inUrl && Bodies.Contains(use.Flag.Name)))).Select(use => use.Value!.Text).ToList();
        if (added.Count == 0)
        {
            return url;
        }

        var fragment = url.IndexOf('#', StringComparison.Ordinal);
        url = fragment < 0 ? url : url[..fragment];
        // What encodes its content does so behind the first `=`; there it is no pattern and no further parameter.
        var query = string.Join('&', added.Select(one => one.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals ? $"{one[..equals].TrimStart('+')}={Uri.EscapeDataString(one[(equals + 1)..])}" : one));
        return url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query;
    }

    private static void JudgeUrl(Argument url, string method, bool hasBody, List<FlagUse> uses, TableCommand command)
    {
        var text = url.Text;
        if (uses.Exists(use => use.Flag.Name == "--globoff"))
        {
            text = text.Replace("{", "%7B", StringComparison.Ordinal).Replace("}", "%7D", StringComparison.Ordinal);
        }

        CodeReport.Add(url, HttpReader.Read(method, WithQuery(text, uses), hasBody), command.Findings);
        if (uses.Exists(use => use.Flag.Name is "--unix-socket" or "--abstract-unix-socket"))
        {
            command.Findings.Add(method is "GET" or "HEAD" ? "http.socket" : "http.socket-write", url);
        }

        if (uses.Exists(use => use.Flag.Name is "--remote-name" or "--remote-name-all"))
        {
            var name = HttpUrl.Parse(url.Text).Path;
            var directory = command.Value("--output-dir")?.Text ?? ".";
            Files.Write(url with { Text = $"{directory}/{name[(name.LastIndexOf('/') + 1)..]}" }, command.Findings);
        }
    }
}
