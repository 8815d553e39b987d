using System.Text;
using RunbookOperator.Actions;
using RunbookOperator.Risk;

namespace RunbookOperator.Documents.Tests;

public sealed class RunbookValidatorTests
{
    private static readonly RunbookValidator Validator = new(ActionCatalog.Default, new RiskClassifier());

    private const string Scale = "uses: kubernetes/scale, with: {kind: Deployment, name: web, replicas: 3}";
    private const string Wait = "verify: {uses: kubernetes/wait, with: {kind: Deployment, name: web, for: Available}}";

    [Fact]
    public void The_example_has_no_problems()
    {
        var file = Path.Combine(TestKit.TestCluster.RepositoryRoot, "examples/checkout/runbooks/checkout-slow.yaml");
        var result = new RunbookReader().Read(file, File.ReadAllBytes(file));
        Assert.Empty(result.Problems);
        Assert.DoesNotContain(Validator.Validate(Assert.Single(result.Runbooks)), problem => problem.Severity == DocumentSeverity.Error);
    }

    [Theory]
    [InlineData("{name: a, manual: Call}", "")]
    [InlineData("{name: a, manual: 'Call ${nane}'}", "5: error RBK015: unknown variable \"nane\"; did you mean \"name\"?")]
    [InlineData("{name: a, manual: 'Call ${NAME} ${'}", "")]
    [InlineData("{name: a, uses: kubernetes/get, with: {kind: Pod, name: '${nane}'}}", "5: error RBK015: unknown variable \"nane\"; did you mean \"name\"?")]
    [InlineData("{name: a, uses: kubernetes/get, with: {kind: Pod, name: '${Name}'}}",
        "5: warning RBK015: \"${Name}\" is no variable and left as it stands: names are lower case letters, digits and _")]
    [InlineData("{name: a, uses: kubernetes/get, with: {kind: Pod, name: '${name'}}", "5: warning RBK015: ${ without } is left as it stands")]
    [InlineData("{name: a, run: rm -rf x, confirm: '${zone}'}\n  - {name: b, run: kubectl get pods, outputs: [{name: zone, regex: x}]}",
        "5: warning RBK028: *\n5: error RBK015: the variable zone is an output of the step \"b\", which does not come before this one")]
    [InlineData("{name: a, run: kubectl get pods, outputs: [{name: zone, regex: x}]}\n  - {name: b, manual: '${zone}'}", "")]
    [InlineData("{name: a, run: kubectl get pods, outputs: [{name: zone, regex: '(?=x)'}]}", "5: error RBK020: \"(?=x)\": at offset 2: RE2 has no lookaround")]
    [InlineData("{name: a, run: kubectl get pods, outputs: [{name: name, regex: x}]}", "5: error RBK016: name is already the name of a parameter")]
    [InlineData("{name: a, run: kubectl get pods, outputs: [{name: http_proxy, regex: x}]}",
        "5: error RBK010: a variable cannot be called \"http_proxy\": programs read it as the address of a proxy")]
    [InlineData("{name: a, manual: b, when: [{variable: nmae, operator: Exists}]}", "5: error RBK015: unknown variable \"nmae\"; did you mean \"name\"?")]
    [InlineData("{name: a, manual: b, when: [{step: b, operator: Failed}]}\n  - {name: b, manual: c}", "5: error RBK017: the step \"b\" does not come before \"a\"")]
    [InlineData("{name: a, run: kubectl get pods, outputs: [{name: x, jsonPath: '{.a'}]}", "5: error RBK020: \"{.a\": *")]
    [InlineData("{name: a, run: kubectl get pods}\n  - {name: c, run: kubectl get pods, needs: [], when: [{step: a, operator: Failed}]}", "6: error RBK017: the step \"c\" does not wait for \"a\": name it under needs")]
    [InlineData("{name: a, run: kubectl get pods, outputs: [{name: x, regex: z}]}\n  - {name: c, manual: '${x}', needs: []}",
        "6: error RBK015: the variable x is an output of the step \"a\", which this one does not wait for: name it under needs")]
    [InlineData("{name: a, manual: b, needs: [b]}\n  - {name: b, manual: c}",
        "5: error RBK017: the step \"b\" does not come before \"a\"")]
    [InlineData("{name: a, manual: b, when: [{any: [{step: a, operator: Failed}]}]}", "5: error RBK017: the step \"a\" does not come before \"a\"")]
    [InlineData("{name: a, manual: b, when: [{step: a, operator: Failed}]}", "5: error RBK017: the step \"a\" does not come before \"a\"")]
    [InlineData("{name: aa, manual: b}\n  - {name: b, manual: b, when: [{step: ab, operator: Failed}]}", "6: error RBK017: there is no step \"ab\" before \"b\"; did you mean \"aa\"?")]
    [InlineData("{name: a, manual: b, when: [{variable: name, operator: GreaterThan, values: [many]}]}", "5: error RBK018: GreaterThan compares numbers, and \"many\" is none")]
    [InlineData("{name: a, manual: b, when: [{variable: name, operator: LessThan, values: ['-1.5']}]}", "")]
    [InlineData("{name: a, manual: b, when: [{variable: name, operator: Matches, values: ['(']}]}",
        "5: error RBK020: \"(\": at offset 0: this ( is never closed; write \\( for the character")]
    [InlineData("{name: a, uses: kubernetes/gett}", "5: error RBK021: there is no action \"kubernetes/gett\"; did you mean \"kubernetes/get\"?")]
    [InlineData("{name: a, uses: kubernetes/get, with: {kindd: Pod}}",
        "5: error RBK022: kubernetes/get needs the input kind: *\n5: error RBK022: kubernetes/get has no input \"kindd\"; did you mean \"kind\"?")]
    [InlineData("{name: a, uses: kubernetes/get}", "5: error RBK022: kubernetes/get needs the input kind: *")]
    [InlineData("{name: a, uses: kubernetes/get, with: {kind: Pod, name: 5}}", "5: error RBK022: the input name of kubernetes/get must be text; write it in quotes")]
    [InlineData("{name: a, uses: kubernetes/scale, with: {kind: Deployment, name: web, replicas: many}, " + Wait + "}",
        "5: error RBK022: the input replicas of kubernetes/scale must be a whole number")]
    [InlineData("{name: a, uses: kubernetes/scale, with: {kind: Deployment, name: web, replicas: '${name}'}, " + Wait + "}", "")]
    [InlineData("{name: a, uses: kubernetes/scale, with: {kind: Deploymnt, name: web, replicas: 3}, " + Wait + "}", "5: error RBK022: *did you mean \"Deployment\"?")]
    [InlineData("{name: a, " + Scale + ", " + Wait + "}", "")]
    [InlineData("{name: a, " + Scale + "}", "5: warning RBK028: step \"a\" is caution and has no verify")]
    [InlineData("{name: a, risk: safe, " + Scale + ", " + Wait + "}", "5: error RBK007: step \"a\" is declared safe but is caution: *")]
    [InlineData("{name: a, risk: dangerous, " + Scale + ", " + Wait + "}", "")]
    [InlineData("{name: a, " + Scale + ", verify: {" + Scale + "}}", "5: error RBK024: verify must be safe, and kubernetes/scale is caution: *")]
    [InlineData("{name: a, " + Scale + ", verify: {uses: kubernetes/get, with: {kind: 5}}}", "5: error RBK022: the input kind of kubernetes/get must be text; write it in quotes")]
    [InlineData("{name: failover, risk: safe, run: pg_autoctl perform failover}",
        "5: warning RBK028: step \"failover\" is dangerous and has no verify\n5: error RBK007: step \"failover\" is declared safe but is dangerous: *")]
    [InlineData("{name: a, risk: safe, run: 'kubectl get pods -n \"$name\"'}", "")]
    public void A_step_that_means_nothing_says_why(string steps, string expected) => AssertLines(expected, Read.Head
        + "spec: {owner: x, title: a, mode: Copilot, serviceAccountName: fixer, parameters: [{name: name}], steps: [\n"
        + steps.Replace("\n  - ", ",\n", StringComparison.Ordinal) + "]}");

    [Theory]
    [InlineData("parameters: [{name: http_proxy}]", "4: error RBK010: a variable cannot be called \"http_proxy\": programs read it as the address of a proxy")]
    [InlineData("parameters: [{name: x, pattern: '('}]", "4: error RBK020: \"(\": at offset 0: this ( is never closed; write \\( for the character")]
    [InlineData("parameters: [{name: x, pattern: '[a-z]+', default: a1}]", "4: error RBK030: the default \"a1\" does not match the pattern \"[a-z]+\"")]
    [InlineData("parameters: [{name: x, enum: [a, b], default: c}]", "4: error RBK030: the default \"c\" is none of the values in enum")]
    [InlineData("parameters: [{name: x, default: a b}]",
        "4: warning RBK030: the default \"a b\" cannot enter a command: letters, digits and ._:/@%+,- can, without .. and no - at the start")]
    [InlineData("parameters: [{name: x, default: ''}]", "")]
    [InlineData("triggers: [{alert: {matchers: ['severity=\"a']}}]", "4: error RBK019: the matcher \"severity=\"a\" cannot be read: the value's closing quote is missing")]
    [InlineData("triggers: [{alert: {matchers: ['a=~\".*\"', 'b!=\"c\"']}}]", "4: warning RBK029: the matchers fit an alert without any labels; name the alert")]
    [InlineData("triggers: [{alert: {matchers: ['a=~\".*\"', 'b=\"c\"']}}]", "")]
    public void A_field_that_means_nothing_says_why(string field, string expected) =>
        AssertLines(expected, Read.Head + $"spec: {{owner: x, title: a, {field}, steps: [{{name: a, run: kubectl get pods}}]}}\n");

    [Fact]
    public void A_runbook_without_an_owner_is_warned_about() =>
        AssertLines("4: warning RBK027: the runbook has no owner", Read.Head + "spec: {title: a, steps: [{name: a, manual: b}]}");

    [Theory]
    [InlineData("Copilot", "4: error RBK023: step \"a\" is caution, and the runbook has no serviceAccountName to act as; without one it may only read")]
    [InlineData("Autopilot", "4: error RBK023: step \"a\" is caution, and the runbook has no serviceAccountName to act as; without one it may only read")]
    [InlineData("ReadAlong", "")]
    public void What_changes_something_needs_an_account_unless_a_person_does_it(string mode, string expected) =>
        AssertLines(expected, Read.Head + $"spec: {{owner: x, title: a, mode: {mode}, steps: [{{name: a, {Scale}, {Wait}}}]}}");

    [Fact]
    public void The_size_is_bounded_as_JSON_and_a_command_in_bytes()
    {
        var steps = string.Concat(Enumerable.Range(0, 20).Select(i => $"  - {{name: s{i}, manual: '{new string('x', 3500)}'}}\n"));
        AssertLines("3: error RBK025: the runbook has *; the most is 65536", Read.Head + "spec:\n  owner: x\n  title: a\n  steps:\n" + steps);
        AssertLines("4: warning RBK028: *\n4: error RBK010: spec.steps[0].run has 10006 bytes; the most is 8192",
            Read.Head + $"spec: {{owner: x, title: a, steps: [{{name: a, run: 'echo >{new string('é', 5000)}'}}]}}");
    }

    [Fact]
    public void A_program_that_the_site_calls_safe_is_judged_so_by_the_judge_that_knows_it()
    {
        var document = Assert.Single(new RunbookReader().Read("a.yaml", Encoding.UTF8.GetBytes(Read.Head + "spec: {owner: x, title: a, steps: [{name: a, run: shopctl status, risk: safe}]}")).Runbooks);
        var site = new StepJudge(ActionCatalog.Default, new RiskClassifier(new SitePrograms([new SiteProgram("shopctl", RiskLevel.Safe, "It reads.") { Subcommands = ["status"], IsBase = true }])));
        Assert.Contains(Validator.Validate(document), problem => problem.Severity == DocumentSeverity.Error);
        Assert.Empty(Validator.Validate(document, site));
    }

    [Fact]
    public void Two_runbooks_of_one_name_are_both_told()
    {
        var one = Document("a.yaml", "web");
        var problems = RunbookValidator.Duplicates([one, Document("b.yaml", "web"), Document("c.yaml", "db")]).ToArray();
        Assert.Equal(["a.yaml:3:18: error RBK026: a runbook called \"web\" stands also in b.yaml:3; neither is applied",
            "b.yaml:3:18: error RBK026: a runbook called \"web\" stands also in a.yaml:3; neither is applied"], problems.Select(problem => problem.ToString()));
        Assert.Empty(RunbookValidator.Duplicates([one]));
    }

    private static RunbookDocument Document(string file, string name) => Assert.Single(new RunbookReader().Read(file, Encoding.UTF8.GetBytes(
        $"apiVersion: runbooks.dev/v1alpha1\nkind: Runbook\nmetadata: {{name: {name}}}\nspec: {{title: a, steps: [{{name: a, manual: b}}]}}")).Runbooks);

    /// <summary>Each line is <c>line: severity rule: message</c>; a star stands for any text.</summary>
    private static void AssertLines(string expected, string text)
    {
        var actual = Validator.Validate(Read.Sound(text))
            .Select(problem => $"{problem.Line}: {(problem.Severity == DocumentSeverity.Error ? "error" : "warning")} {problem.Rule}: {problem.Message}").ToArray();
        var lines = expected.Length == 0 ? [] : expected.Split('\n');
        Assert.True(lines.Length == actual.Length, string.Join('\n', actual));
        foreach (var (wanted, found) in lines.Zip(actual))
        {
            var parts = wanted.Split('*');
            Assert.StartsWith(parts[0], found, StringComparison.Ordinal);
            Assert.EndsWith(parts[^1], found, StringComparison.Ordinal);
        }
    }
}
