namespace RunbookOperator.Documents.Tests;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b}], mode: copilot}", "4:55: error RBK011: spec.mode is \"copilot\"; it must be one of ReadAlong, Copilot, Autopilot; did you mean \"Copilot\"?")]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b}], deadline: 5 minutes}", "4:59: error RBK010: spec.deadline is \"5 minutes\"; it must be a duration such as 30s, 15m or 1h30m")]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b}], deadline: 15}", "4:59: error RBK010: spec.deadline is 15; it must be a duration such as 30s, 15m or 1h30m")]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b}], continueWhenResolved: 'true'}", "4:71: error RBK009: spec.continueWhenResolved must be true or false, not the text \"true\"; remove the quotes")]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b}], owner: no}", "4:56: error RBK009: spec.owner must be text, and no is read as true or false; write 'no' in quotes")]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b}], owner: }", "4:49: error RBK008: spec.owner has no value; give one, or remove the field")]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b}], owner: [a]}", "4:56: error RBK009: spec.owner must be a single value")]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b}], services: payment}", "4:59: error RBK009: spec.services must be a list: write \"- \" before each entry")]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b}], services: [a, 1]}", "4:63: error RBK009: spec.services[1] must be text, and 1 is read as a number; write '1' in quotes")]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b}], services: [a, ]}", null)]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b}], services: []}", null)]
    [InlineData("spec: {title: '', steps: [{name: a, manual: b}]}", "4:15: error RBK010: spec.title is empty")]
    [InlineData("spec: {title: a, steps: []}", "4:25: error RBK010: spec.steps has 0 entries; the least is 1")]
    [InlineData("spec: {title: a}", "4:7: error RBK008: spec has no steps")]
    [InlineData("spec: {title: a, steps: [{manual: b}]}", "4:26: error RBK008: spec.steps[0] has no name")]
    [InlineData("spec: {title: a, steps: [{name: A, manual: b}]}", "4:33: error RBK010: spec.steps[0].name is \"A\"; it must match ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b}, {name: a, manual: c}]}", "4:55: error RBK016: spec.steps has two entries with the name \"a\"")]
    [InlineData("spec: {title: a, steps: [{name: a}]}", "4:26: error RBK012: give exactly one of uses, run, manual or runbook")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, manual: c}]}", "4:26: error RBK012: give exactly one of uses, run, manual or runbook")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, with: {}}]}", "4:26: error RBK012: with belongs to uses or runbook")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, with: x}]}", "4:50: error RBK009: spec.steps[0].with must be a mapping of names to values")]
    [InlineData("spec: {title: a, steps: [{name: a, uses: a/b, with: {c: }}]}", "4:54: error RBK008: spec.steps[0].with.c has no value that JSON can hold; give one, or remove it")]
    [InlineData("spec: {title: a, steps: [{name: a, uses: a/b, with: {c: .inf}}]}", "4:54: error RBK008: spec.steps[0].with.c has no value that JSON can hold; give one, or remove it")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, risk: Safe}]}", "4:50: error RBK011: spec.steps[0].risk is \"Safe\"; it must be one of safe, caution, dangerous; did you mean \"safe\"?")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, succeedsOn: ['0']}]}", "4:57: error RBK009: spec.steps[0].succeedsOn[0] must be a whole number, not the text \"0\"; remove the quotes")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, succeedsOn: [0.5]}]}", "4:57: error RBK009: spec.steps[0].succeedsOn[0] must be a whole number, not 0.5")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, succeedsOn: [99999999999]}]}", "4:57: error RBK010: spec.steps[0].succeedsOn[0] is 99999999999; it must be from 0 to 255")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, tiemout: 5m}]}", "4:44: error RBK006: unknown field \"tiemout\" in spec.steps[0]; did you mean \"timeout\"?")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, rollbak: {}}]}", "4:44: error RBK006: unknown field \"rollbak\" in spec.steps[0]; did you mean \"rollback\"?")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, when: [{operator: Exists}]}]}", "4:51: error RBK012: give one of variable or step")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, when: [{variable: x, operator: Failed}]}]}", "4:51: error RBK018: Succeeded, Failed and Skipped are for steps, all other operators for variables")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, when: [{variable: x, operator: In}]}]}",
        "4:51: error RBK018: In and NotIn take at least one value, GreaterThan, LessThan and Matches exactly one, all other operators none")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, when: [{any: [{variable: x, operator: Exists}], step: z}]}]}", "4:51: error RBK012: any stands alone: put the other fields into an entry of it")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, when: [{any: [{variable: x}]}]}]}", "4:58: error RBK012: give an operator")]
    [InlineData("spec: {title: a, steps: [{name: a, manual: b, outputs: [{name: c, regex: d}]}]}", "4:26: error RBK012: a manual step has no outputs, verify or retries: a person does it and looks")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, needs: [d]}, {name: c, run: b}]}", "4:52: error RBK012: needs names other steps of the runbook, earlier ones")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b}, {name: c, run: b, needs: [a, a]}]}", "4:74: error RBK016: spec.steps[1].needs has \"a\" twice")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, onFailure: Escalate}]}", "4:55: error RBK012: onFailure: Escalate needs escalation in the runbook")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b, rollback: {}}]}", "4:54: error RBK012: a rollback has one of uses or run")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b}], triggers: [{}]}", "4:57: error RBK012: give one of alert or runbookURL: true")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b}], parameters: [{name: a, fromLabel: x, fromAnnotation: z}]}", "4:59: error RBK012: give one of fromLabel or fromAnnotation")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b}], parameters: [{name: A-b}]}", "4:66: error RBK010: spec.parameters[0].name is \"A-b\"; it must match ^[a-z][a-z0-9_]{0,62}$")]
    [InlineData("spec: {title: a, steps: [{name: a, run: b}], references: [{title: x, url: 'javascript:x'}]}", "4:75: error RBK010: spec.references[0].url is \"javascript:x\"; it must match ^https?://[^\\s]+$")]
    public void A_value_that_does_not_fit_says_why_and_where(string spec, string? expected) =>
        Assert.Equal(expected is null ? string.Empty : $"a.yaml:{expected}", Read.Lines(Read.Spec(spec).Problems));

    [Fact]
    public void Bounds_are_those_of_the_resources()
    {
        Assert.Equal("a.yaml:4:8: error RBK010: spec.title has 257 characters; the most is 256".Replace(":8:", ":15:", StringComparison.Ordinal),
            Read.Lines(Read.Spec($"spec: {{title: {new string('x', 257)}, steps: [{{name: a, manual: b}}]}}").Problems));
        Assert.Empty(Read.Spec($"spec: {{title: {string.Concat(Enumerable.Repeat("😀", 256))}, steps: [{{name: a, manual: b}}]}}").Problems);
        var steps = string.Join(", ", Enumerable.Range(0, 51).Select(i => $"{{name: s{i}, manual: b}}"));
        Assert.Equal("a.yaml:4:25: error RBK010: spec.steps has 51 entries; the most is 50", Read.Lines(Read.Spec($"spec: {{title: a, steps: [{steps}]}}").Problems));
    }

    [Fact]
    public void Every_rule_has_an_id_of_its_own_a_title_and_an_explanation()
    {
        Assert.Equal(DocumentRules.All.Count, DocumentRules.All.Select(rule => rule.Id).Distinct().Count());
        Assert.Equal(DocumentRules.All.Select(rule => rule.Id).Order(StringComparer.Ordinal), DocumentRules.All.Select(rule => rule.Id));
        Assert.All(DocumentRules.All, rule => Assert.Matches("^RBK[0-9]{3}$", rule.Id));
        Assert.All(DocumentRules.All, rule => Assert.EndsWith(".", rule.Explanation, StringComparison.Ordinal));
        Assert.Equal(DocumentRules.All[6], DocumentRules.Find("rbk007"));
        Assert.Null(DocumentRules.Find("RBK999"));
    }
}
