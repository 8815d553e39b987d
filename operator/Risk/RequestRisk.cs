using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Languages.Http;

namespace RunbookOperator.Risk;

/// <summary>Judges a request of HTTP by the same knowledge as the requests of curl. Pure; safe for many threads.</summary>
public static class RequestRisk
{
    /// <summary>Judges a request.</summary>
    /// <param name="method">The method, in capitals.</param>
    /// <param name="url">The whole address, with <c>${name}</c> where a value is not known yet.</param>
    /// <param name="variables">The names of these. Their values hold nothing that ends a part of a URL.</param>
    /// <param name="hasBody">Whether something is sent.</param>
    public static RiskVerdict Judge(string method, string url, IReadOnlyCollection<string> variables, bool hasBody = false)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(variables);
        foreach (var name in variables)
        {
            url = url.Replace($"${{{name}}}", Argument.Bounded.ToString(), StringComparison.Ordinal);
        }

        var findings = new Findings();
        foreach (var found in HttpReader.Read(method, url, hasBody))
        {
            findings.Add(found.Path is null ? found.Rule : "http.scheme", found.Span, found.Subject);
        }

        return findings.ToVerdict();
    }
}
