using System.Text.Json.Nodes;
using RunbookOperator.Api;

namespace RunbookOperator.Documents.Tests;

public sealed class RunbookEditorTests
{
    private const string Head = "# Kept.\napiVersion: runbooks.dev/v1alpha1\nkind: Runbook\nmetadata: {name: web}\nspec:\n  title: \"Slow\"   # why\n";

    private static readonly RunbookStep Note = new() { Name = "note", Manual = "Look: at it" };

    public static TheoryData<string, string, string> Removals => new()
    {
        // Dashes below the key; the comment and the blank line above go with their step.
        { "  steps:\n  # one\n  - name: a\n    manual: x   # trailing\n\n  # two\n  # more\n  - name: b\n    manual: |\n      # text\n\n  # three\n  - name: c\n    manual: w\n  owner: z\n", "b",
          "  steps:\n  # one\n  - name: a\n    manual: x   # trailing\n\n  # three\n  - name: c\n    manual: w\n  owner: z\n" },
        // The first step; what follows moves up to the key.
        { "  steps:   # all\n  # one\n  - name: a\n    manual: x\n\n  # two\n  - {name: b, manual: w}\n", "a",
          "  steps:   # all\n  # two\n  - {name: b, manual: w}\n" },
        // The last step, with what comes behind the list left alone.
        { "  steps:\n    - name: a\n      manual: x\n      # about a\n    # about b\n    - name: b\n      manual: w # b\n      # more about b\n  # about owner\n  owner: z\n", "b",
          "  steps:\n    - name: a\n      manual: x\n      # about a\n  # about owner\n  owner: z\n" },
        // No line end at the end of the file.
        { "  steps:\n  - name: a\n    manual: x\n  - name: b\n    manual: w", "b", "  steps:\n  - name: a\n    manual: x\n" },
        { "  steps:\n  - name: a\n    manual: x\n  - name: b\n    manual: w", "a", "  steps:\n  - name: b\n    manual: w" },
        // A dash on a line of its own, and an indented list in a step.
        { "  steps:\n  -\n    # inside a\n    name: a\n    run: x\n    outputs:\n    - name: m\n      regex: z\n  - name: b\n    manual: w\n", "a", "  steps:\n  - name: b\n    manual: w\n" },
        // A block that keeps its empty lines owns them.
        { "  steps:\n  - name: a\n    run: |+\n      x\n\n\n  - name: b\n    manual: w\n  - name: c\n    manual: w\n", "b", "  steps:\n  - name: a\n    run: |+\n      x\n\n\n  - name: c\n    manual: w\n" },
        // In brackets, on one line and on many.
        { "  steps: [{name: a, manual: x}, {name: b, manual: w}, {name: c, manual: z}]\n", "a", "  steps: [{name: b, manual: w}, {name: c, manual: z}]\n" },
        { "  steps: [{name: a, manual: x}, {name: b, manual: w}, {name: c, manual: z}]\n", "b", "  steps: [{name: a, manual: x}, {name: c, manual: z}]\n" },
        { "  steps: [{name: a, manual: x}, {name: b, manual: w}, {name: c, manual: z}]\n", "c", "  steps: [{name: a, manual: x}, {name: b, manual: w}]\n" },
        { "  steps: [\n    {name: a, manual: x},  # a\n    # b\n    {name: b, manual: w},  # b\n    {name: c, manual: z}  # c\n  ]\n", "b",
          "  steps: [\n    {name: a, manual: x},  # a\n    {name: c, manual: z}  # c\n  ]\n" },
        { "  steps: [\n    {name: a, manual: x},  # a\n    # c\n    {name: c, manual: z}  # c\n  ]\n", "c", "  steps: [\n    {name: a, manual: x},  # a\n  ]\n" },
        { "  steps: [ {name: a, manual: x},\n    {name: c, manual: z} ]\n", "a", "  steps: [ \n    {name: c, manual: z} ]\n" },
    };

    public static TheoryData<string, string?, string> Insertions => new()
    {
        { "  steps:\n  - name: a\n    manual: x  # a\n  # b\n  - name: b\n    manual: w\n", "a",
          "  steps:\n  - name: a\n    manual: x  # a\n  - name: note\n    manual: 'Look: at it'\n  # b\n  - name: b\n    manual: w\n" },
        { "  steps:\n  - name: a\n    manual: x\n\n  # b\n  - name: b\n    manual: w\n  owner: z\n", "b",
          "  steps:\n  - name: a\n    manual: x\n\n  # b\n  - name: b\n    manual: w\n\n  - name: note\n    manual: 'Look: at it'\n  owner: z\n" },
        { "  steps:\n    # a\n    - name: a\n      manual: x\n", null, "  steps:\n    - name: note\n      manual: 'Look: at it'\n    # a\n    - name: a\n      manual: x\n" },
        { "  steps:\n  - name: a\n    manual: x", "a", "  steps:\n  - name: a\n    manual: x\n  - name: note\n    manual: 'Look: at it'" },
        { "  steps:\n  - name: a\n    run: |\n      x\n\n\n  owner: z\n", "a", "  steps:\n  - name: a\n    run: |\n      x\n  - name: note\n    manual: 'Look: at it'\n\n\n  owner: z\n" },
        { "  steps:\n  - name: a\n    manual: x\n---\n# next\n", "a", "  steps:\n  - name: a\n    manual: x\n  - name: note\n    manual: 'Look: at it'\n---\n# next\n" },
        { "  steps: [{name: a, manual: x}, {name: b, manual: w}]\n", "a", "  steps: [{name: a, manual: x}, {name: note, manual: 'Look: at it'}, {name: b, manual: w}]\n" },
        { "  steps: [{name: a, manual: x}]\n", "a", "  steps: [{name: a, manual: x}, {name: note, manual: 'Look: at it'}]\n" },
        { "  steps: [{name: a, manual: x}]\n", null, "  steps: [{name: note, manual: 'Look: at it'}, {name: a, manual: x}]\n" },
        { "  steps: [\n    # a\n    {name: a, manual: x}  # a\n  ]\n", "a",
          "  steps: [\n    # a\n    {name: a, manual: x},  # a\n    {name: note, manual: 'Look: at it'}\n  ]\n" },
        { "  steps: [\n    # a\n    {name: a, manual: x},  # a\n  ]\n", "a",
          "  steps: [\n    # a\n    {name: a, manual: x},  # a\n    {name: note, manual: 'Look: at it'},\n  ]\n" },
        { "  steps: [\n    # a\n    {name: a, manual: x}]\n", null, "  steps: [\n    {name: note, manual: 'Look: at it'},\n    # a\n    {name: a, manual: x}]\n" },
        { "  steps: [\n    {name: a, manual: x}]\n", "a", "  steps: [\n    {name: a, manual: x},\n    {name: note, manual: 'Look: at it'}]\n" },
    };

    [Theory]
    [MemberData(nameof(Removals))]
    public void A_step_is_removed_with_its_comments_and_nothing_else(string source, string step, string expected)
    {
        Assert.Equal(Head + expected, RunbookEditor.RemoveStep(Head + source, "web", step));
        Assert.Equal(Dos(Head + expected), RunbookEditor.RemoveStep(Dos(Head + source), "web", step));
        Assert.Equal("\uFEFF" + Head + expected, RunbookEditor.RemoveStep("\uFEFF" + Head + source, "web", step));
    }

    [Theory]
    [MemberData(nameof(Insertions))]
    public void A_step_is_inserted_in_the_style_of_its_list(string source, string? after, string expected)
    {
        Assert.Equal(Head + expected, RunbookEditor.InsertStep(Head + source, "web", after, Note));
        Assert.Equal(Dos(Head + expected), RunbookEditor.InsertStep(Dos(Head + source), "web", after, Note));
        Assert.Equal("\uFEFF" + Head + expected, RunbookEditor.InsertStep("\uFEFF" + Head + source, "web", after, Note));
    }

    [Fact]
    public void A_step_is_written_as_people_write_it()
    {
        var step = new RunbookStep
        {
            Name = "check",
            Title = "yes",
            Note = "it's 10:30",
            Run = "kubectl get pods |\n\n  wc -l\n",
            Risk = "safe",
            When = [new WhenExpression { Variable = "m", Operator = WhenOperator.GreaterThan, Values = ["50"] }],
            Timeout = Duration.Of(TimeSpan.FromSeconds(90)),
            SucceedsOn = [0, 1],
            Outputs = [new StepOutput { Name = "m", Regex = "([0-9]+) of \"[0-9]+\"" }],
        };
        Assert.Equal(Head + """
              steps:
              - name: a
                manual: x
              - name: check
                title: 'yes'
                note: 'it''s 10:30'
                run: |
                  kubectl get pods |

                    wc -l
                risk: safe
                when: [{variable: m, operator: GreaterThan, values: ['50']}]
                timeout: 1m30s
                succeedsOn: [0, 1]
                outputs: [{name: m, regex: '([0-9]+) of "[0-9]+"'}]

            """, RunbookEditor.InsertStep(Head + "  steps:\n  - name: a\n    manual: x\n", "web", "a", step));
    }

    [Fact]
    public void Inputs_too_long_for_a_line_get_lines_of_their_own()
    {
        var step = new RunbookStep
        {
            Name = "long",
            Uses = "kubernetes/get",
            With = new JsonObject { ["kind"] = "Pod", ["namespace"] = "${namespace}", ["selector"] = new string('x', 100), ["wide"] = true, ["count"] = 3 },
        };
        Assert.EndsWith($"  - name: long\n    uses: kubernetes/get\n    with:\n      kind: Pod\n      namespace: '${{namespace}}'\n      selector: {new string('x', 100)}\n"
            + "      wide: true\n      count: 3\n", RunbookEditor.InsertStep(Head + "  steps:\n  - name: a\n    manual: x\n", "web", "a", step), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("0x10")]
    [InlineData("- x")]
    [InlineData("# x")]
    [InlineData("a # b")]
    [InlineData("a: b")]
    [InlineData("{a}")]
    [InlineData("*a")]
    [InlineData("&a")]
    [InlineData("!a")]
    [InlineData("%a")]
    [InlineData("@a")]
    [InlineData("a, b]")]
    [InlineData("'a' \"b\" \\c")]
    [InlineData("a\nb")]
    [InlineData("a\nb\n")]
    [InlineData("a\n\n\n")]
    [InlineData("\na\n")]
    [InlineData("  a\nb\n")]
    [InlineData("a \nb\n")]
    [InlineData("a\tb\nc\n")]
    [InlineData("tab\there")]
    [InlineData("---")]
    [InlineData("a\n---\nb\n")]
    [InlineData("a\n# b\n  c\n")]
    [InlineData("日本 😀")]
    [InlineData("2024-01-01")]
    [InlineData("<<")]
    public void Any_text_comes_back_as_it_went_in(string text)
    {
        foreach (var list in (string[])["  steps:\n  - name: a\n    manual: x\n", "  steps: [{name: a, manual: x}]\n"])
        {
            var step = new RunbookStep { Name = "b", Uses = "a/b", With = new JsonObject { ["x"] = text }, Description = text };
            var edited = RunbookEditor.InsertStep(Head + list, "web", "a", step);
            Assert.Equal(text, Read.Sound(edited).Runbook.Spec.Steps[1].Description);
            Assert.Equal(text, Read.Sound(edited).Runbook.Spec.Steps[1].With!["x"]!.GetValue<string>());
        }
    }

    [Fact]
    public void Only_the_runbook_that_is_named_is_edited()
    {
        var other = Head.Replace("name: web", "name: db", StringComparison.Ordinal) + "  steps:\n  - {name: a, manual: x}\n  - {name: b, manual: w}\n";
        var web = Head + "  steps:\n  - {name: a, manual: x}\n  - {name: b, manual: w}\n";
        var config = "apiVersion: v1\nkind: ConfigMap\n";
        Assert.Equal($"{other}---\n{config}---\n{web.Replace("  - {name: a, manual: x}\n", string.Empty, StringComparison.Ordinal)}",
            RunbookEditor.RemoveStep($"{other}---\n{config}---\n{web}", "web", "a"));
    }

    [Theory]
    [InlineData("  steps:\n  - {name: a, manual: x}\n", "web", "a", "\"a\" is the only step of web")]
    [InlineData("  steps:\n  - {name: a, manual: x}\n", "web", "b", "the runbook has no step \"b\"")]
    [InlineData("  steps:\n  - {name: a, manual: x}\n", "db", "a", "the file holds no runbook db")]
    [InlineData("  steps:\n  - {name: a}\n", "web", "a", "the file has errors: file:8:5: error RBK012: give exactly one of uses, run, manual or runbook")]
    [InlineData("  ? steps\n  : - {name: a, manual: x}\n    - {name: b, manual: x}\n", "web", "a", "a step does not begin on a line of its own")]
    public void What_cannot_be_edited_says_why(string source, string runbook, string step, string expected) =>
        Assert.Equal(expected, Assert.Throws<EditException>(() => RunbookEditor.RemoveStep(Head + source, runbook, step)).Message);

    [Fact]
    public void An_edit_that_would_leave_an_error_is_refused()
    {
        var source = Head + "  steps:\n  - {name: a, manual: x}\n";
        Assert.Equal("the edit would leave an error: file:9:11: error RBK016: spec.steps has two entries with the name \"a\"",
            Assert.Throws<EditException>(() => RunbookEditor.InsertStep(source, "web", "a", Note with { Name = "a" })).Message);
        Assert.Equal("the file holds 2 runbooks called web",
            Assert.Throws<EditException>(() => RunbookEditor.InsertStep($"{source}---\n{source}", "web", "a", Note)).Message);
        Assert.Equal("the text holds half a character",
            Assert.Throws<EditException>(() => RunbookEditor.InsertStep(source + "# \uD800", "web", "a", Note)).Message);
    }

    private static string Dos(string text) => text.Replace("\n", "\r\n", StringComparison.Ordinal);
}
