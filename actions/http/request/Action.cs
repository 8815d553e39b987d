using System.Text;
using System.Text.Json;
using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>http/request: sends a request that changes something.</summary>
internal sealed class HttpRequestAction(ActionServices services) : OutsideChange(new ActionDeclaration(
    "http/request",
    "Sends a request by HTTP that changes something, once.",
    ChangesState: true,
    [
        new(Method, ActionInputType.Text, "The method.", Required: true, ["POST", "PUT", "PATCH", "DELETE"]),
        HttpInputs.UrlInput,
        Credential.Input,
        new(JsonInput, ActionInputType.Object, "What is sent, as JSON. Defaults to nothing."),
        new(BodyInput, ActionInputType.Text, "What is sent, as text: either this or json. A variable has only letters, digits and ._:/@+,-."),
        new(ContentType, ActionInputType.Text, "The media type of body. Defaults to text/plain."),
        HttpInputs.StatusInput,
    ]))
{
    private const string Method = "method";
    private const string JsonInput = "json";
    private const string BodyInput = "body";
    private const string ContentType = "contentType";

    protected override string Undo => HttpSend.NoUndo;

    protected override (RiskLevel Risk, IReadOnlyList<string> Reasons) Judge(ActionInputs inputs)
    {
        var (risk, reasons) = HttpInputs.Judge(inputs.Required(Method), inputs, hasBody: true);
        return (RiskLevels.Max(risk, RiskLevel.Caution), reasons);
    }

    protected override string Touches(ActionInputs inputs) => Sentence($"{inputs.Text(Method)} {OutsideUrl.Authority(inputs.Required(HttpInputs.Url))}");

    protected override void CheckInputs(ActionInputs inputs)
    {
        HttpInputs.Check(inputs);
        if (inputs.Written.IsOpen(Method) || inputs.Written.IsOpen(ContentType))
        {
            throw new ActionException($"the inputs {Method} and {ContentType} may not hold variables");
        }

        if (inputs.Text(ContentType) is { } type && !System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out _))
        {
            throw new ActionException($"the input {ContentType} must be a media type such as text/plain");
        }

        if (inputs.Object(JsonInput) is not null && (inputs.Text(BodyInput) is not null || inputs.Text(ContentType) is not null))
        {
            throw new ActionException($"give either the input {JsonInput} or the input {BodyInput} with its {ContentType}");
        }

        OutsideUrl.CheckBounded(inputs, BodyInput);
    }

    protected override string Would(ActionContext context) => $"{Touches(context.Inputs)} sent\n";

    protected override Task<ActionOutcome> ActAsync(ActionContext context, CancellationToken cancellationToken)
    {
        var method = new HttpMethod(context.Inputs.Required(Method));
        return HttpSend.SendAsync(context, services.Egress, method, Body(context.Inputs), isSafe: false, cancellationToken);
    }

    // Values stand inside the texts of the object: whatever they hold, they stay there.
    private static (byte[] Bytes, string Type)? Body(ActionInputs inputs) =>
        inputs.Object(JsonInput) is { } json ? (JsonSerializer.SerializeToUtf8Bytes(json), "application/json")
        : inputs.Text(BodyInput) is { } text ? (Encoding.UTF8.GetBytes(text), inputs.Text(ContentType) ?? "text/plain; charset=utf-8")
        : null;
}
