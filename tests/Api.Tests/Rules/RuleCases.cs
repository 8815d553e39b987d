using System.Text.Json.Nodes;

namespace RunbookOperator.Api.Tests.Rules;

/// <summary>Objects to ask the rules about: for each type all combinations of some values of the fields that its rules look at.</summary>
internal static class RuleCases
{
    private const string Absent = "";

    /// <summary>The types with rules, and for each its objects as JSON, with what they were before where rules are about changes.</summary>
    public static IReadOnlyDictionary<Type, IReadOnlyList<(JsonObject Self, JsonObject? Old)>> All { get; } = new Dictionary<Type, IReadOnlyList<(JsonObject, JsonObject?)>>
    {
        [typeof(RunbookSpec)] = New(
            ("title", ["'x'"]),
            ("steps", [.. Steps()]),
            ("escalation", [Absent, "{'runbook':'other'}"])),
        [typeof(RunbookTrigger)] = New(("alert", [Absent, "{'matchers':['a=b']}"]), ("runbookURL", [Absent, "true", "false"])),
        [typeof(RunbookParameter)] = New(("name", ["'x'"]), ("fromLabel", [Absent, "'a'"]), ("fromAnnotation", [Absent, "'a'"])),
        [typeof(RunbookEscalation)] = New(("runbook", [Absent, "'a'"]), ("notify", [Absent, "['a']"]), ("after", [Absent, "'15m'"])),
        [typeof(EnvironmentVariable)] = New(("name", ["'x'"]), ("value", [Absent, "''", "'a'"]), ("secretKeyRef", [Absent, "{'name':'a','key':'b'}"])),
        [typeof(RunbookStep)] = New(
            ("name", ["'x'"]), ("uses", [Absent, "'a/b'"]), ("run", [Absent, "'true'"]), ("manual", [Absent, "'Look.'"]), ("runbook", [Absent, "'a'"]),
            ("with", [Absent, "{}", "{'a':[1]}"]), ("succeedsOn", [Absent, "[]"]), ("env", [Absent, "[]"]), ("image", [Absent, "'a'"]),
            ("outputs", [Absent, "[]"]), ("verify", [Absent, "{'uses':'a/b'}"]), ("retries", [Absent, "{'limit':1}"])),
        [typeof(StepOutput)] = New(("name", ["'x'"]), ("regex", [Absent, "'a'"]), ("jsonPath", [Absent, "'{.a}'"])),
        [typeof(StepRollback)] = New(("uses", [Absent, "'a/b'"]), ("run", [Absent, "'true'"]), ("with", [Absent, "{}"])),
        [typeof(WhenExpression)] = New([.. Comparison(), ("any", [Absent, "[{'step':'a','operator':'Failed'}]"])]),
        [typeof(WhenCondition)] = New(Comparison()),
        [typeof(RunbookRepositorySpec)] = New(
            ("url", ["'https://a/b'"]), ("serviceAccountName", ["'x'"]),
            ("interval", [Absent, "'10s'", "'9.999s'", "'9999ms'", "'0m10s'", "'1m'", "'0h'", "'1h30m'", "'0.001h'"])),
        [typeof(GitReference)] = New(("branch", [Absent, "'a'"]), ("tag", [Absent, "'a'"]), ("commit", [Absent, "'a'"])),
        [typeof(PullRequestSettings)] = New(
            ("provider", ["'git'", "'github'"]), ("labels", [Absent, "[]"]), ("reviewers", [Absent, "['a']"]), ("teamReviewers", [Absent, "['a']"]), ("draft", [Absent, "false"])),
        [typeof(RunbookExecutionSpec)] = Changed(
            ("runbook", ["{'name':'a'}", "{'name':'a','revision':'1'}"]), ("mode", ["'Copilot'", "'ReadAlong'"]),
            ("trigger", ["{'type':'Manual'}", "{'type':'Drill','user':'a'}"]), ("incident", [Absent, "'a'"]), ("parameters", [Absent, "{'a':'b','c':'d'}", "{'c':'d','a':'x'}"]),
            ("dryRun", [Absent, "true", "false"]), ("breakpoints", [Absent, "['a']"]), ("desiredState", ["'Running'", "'Paused'", "'Aborted'", "'RolledBack'"])),
        [typeof(ExecutionTrigger)] = New(
            ("type", [.. Enum.GetNames<TriggerType>().Select(name => $"'{name}'")]), ("parent", [Absent, "'a'"]), ("user", [Absent, "'a'"])),
        [typeof(RunbookApprovalSpec)] = Changed(
            ("execution", ["{'name':'a','uid':'b'}"]), ("step", ["'a'"]), ("attempt", ["1"]), ("digest", ["'a'"]), ("decision", ["'Approve'", "'Edit'"]),
            ("edit", [Absent, "{'run':'a'}", "{'with':{'a':{'b':1}}}"]), ("breakGlass", [Absent, "true", "false"]), ("reason", [Absent, "''", "'a'"])),
        [typeof(ApprovalEdit)] = New(("run", [Absent, "'a'"]), ("with", [Absent, "{}"])),
        [typeof(IncidentSpec)] = Changed(("key", ["'a'", "'b'"]), ("alertCount", ["1"]), ("notes", Lists("text")), ("commands", Lists("command"))),
        [typeof(RiskApproval)] = New(("typedConfirmation", [Absent, "true", "false"]), ("required", [Absent, "0", "1", "5"])),
        [typeof(RunbookSuggestionSpec)] = Changed(
            ("runbook", ["'a'", "'b'"]), ("kind", ["'AddStep'", "'FixStale'"]), ("author", ["'rules'", "'x'"]), ("rationale", ["'a'", "'b'"]),
            ("evidence", [.. Lists("name").Skip(1).Select(list => list.Replace("{", "{'kind':'Incident',", StringComparison.Ordinal))])),
    };

    private static (string, string[])[] Comparison() =>
    [
        ("variable", [Absent, "'a'"]),
        ("step", [Absent, "'a'"]),
        ("operator", [Absent, .. Enum.GetNames<WhenOperator>().Select(name => $"'{name}'")]),
        ("values", [Absent, "[]", "['1']", "['1','2']"]),
    ];

    private static string[] Lists(string field) =>
        [Absent, "[]", $"[{{'{field}':'a'}}]", $"[{{'{field}':'b'}}]", $"[{{'{field}':'a'}},{{'{field}':'b'}}]", $"[{{'{field}':'a'}},{{'{field}':'a'}}]"];

    private static IEnumerable<string> Steps() =>
        from needs in (string[])[Absent, "[]", "['a']", "['b']", "['c']", "['a','c']", "['zz']", "['a','zz']"]
        from failure in (string[])[Absent, "'Stop'", "'Escalate'"]
        select $"[{{'name':'a','manual':'x'}},{Step("b", needs, failure)},{{'name':'c','manual':'x'}}]";

    private static string Step(string name, string needs, string failure) =>
        $"{{'name':'{name}','manual':'x'{(needs.Length == 0 ? "" : $",'needs':{needs}")}{(failure.Length == 0 ? "" : $",'onFailure':{failure}")}}}";

    private static IReadOnlyList<(JsonObject, JsonObject?)> New(params (string Name, string[] Values)[] fields) =>
        [.. Combinations(fields).Select(text => (Parse(text), (JsonObject?)null))];

    // New ones, each unchanged, and some as changes of others: by numbers without a common divisor, so that all values meet.
    private static IReadOnlyList<(JsonObject, JsonObject?)> Changed(params (string Name, string[] Values)[] fields)
    {
        var all = Combinations(fields).ToList();
        var some = all.Where((_, i) => i % 7 == 0).ToList();
        return
        [
            .. all.Select(text => (Parse(text), (JsonObject?)null)),
            .. all.Select(text => (Parse(text), (JsonObject?)Parse(text))),
            .. all.Where((_, i) => i % 3 == 0).SelectMany((text, i) => some.Where((_, j) => (i + (3 * j)) % 7 == 0).Select(old => (Parse(text), (JsonObject?)Parse(old)))),
        ];
    }

    private static IEnumerable<string> Combinations((string Name, string[] Values)[] fields) =>
        fields.Aggregate((IEnumerable<string>)[""], (texts, field) =>
            from text in texts
            from value in field.Values
            select value.Length == 0 ? text : $"{text}{(text.Length == 0 ? "" : ",")}'{field.Name}':{value}");

    private static JsonObject Parse(string fields) => (JsonObject)JsonNode.Parse($"{{{fields}}}".Replace('\'', '"'))!;
}
