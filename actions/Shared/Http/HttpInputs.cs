using System.Text;
using RunbookOperator.Api;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>What http/get and http/request have in common: the address, what the classifier knows of it, the status, the answer.</summary>
internal static class HttpInputs
{
    public const string Url = "url";
    public const string Status = "status";

    public static readonly ActionInput UrlInput = new(
        Url, ActionInputType.Text, "The address. Scheme and host stand as text; in path and query a variable has only letters, digits and ._:/@+,-.", Required: true);

    public static readonly ActionInput StatusInput = new(Status, ActionInputType.Number, "The status code that there must be. Defaults to any from 200 to 299.");

    /// <summary>Checks address, Secret and status.</summary>
    /// <exception cref="ActionException">One is not what it must be.</exception>
    public static void Check(ActionInputs inputs)
    {
        OutsideUrl.CheckOpen(inputs, Url);
        Credential.Check(inputs);
        if (!inputs.IsOpen(Status) && inputs.Number(Status) is < 100 or > 599)
        {
            throw new ActionException($"the input {Status} must be from 100 to 599");
        }
    }

    /// <summary>What the classifier knows of such a request.</summary>
    public static (RiskLevel Risk, IReadOnlyList<string> Reasons) Judge(string method, ActionInputs inputs, bool hasBody)
    {
        var url = inputs.Required(Url);
        var verdict = RequestRisk.Judge(method, url, [.. Variables.NamesIn(url)], hasBody);
        return (verdict.Level, [.. verdict.Reasons.Select(reason => reason.Message).Distinct()]);
    }

    /// <summary>Whether a status is the one asked for.</summary>
    public static bool IsExpected(ActionInputs inputs, EgressAnswer answer) =>
        inputs.Number(Status) is { } status ? answer.Status == status : answer.IsSuccess;

    /// <summary>What a person reads of an answer: its text, or that it is none.</summary>
    public static string Show(EgressAnswer answer)
    {
        var text = Text(answer);
        var note = answer.Ending switch
        {
            EgressEnding.TooLong => "(the rest is not shown)\n",
            EgressEnding.Broken => "(the answer broke off here)\n",
            _ => "",
        };
        return text.Length == 0 || text.EndsWith('\n') ? text + note : text + "\n" + note;
    }

    private static string Text(EgressAnswer answer)
    {
        var text = Encoding.UTF8.GetString(answer.Body.Span);
        return text.Contains('\0') ? $"({answer.Body.Length} bytes that are no text)" : text;
    }
}
