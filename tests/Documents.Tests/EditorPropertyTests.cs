using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RunbookOperator.Api;

namespace RunbookOperator.Documents.Tests;

/// <summary>Files of many layouts, made of the pieces that people use, edited at every step.</summary>
public sealed class EditorPropertyTests
{
    private static readonly string[] Leads = ["", "\n", "# lead\n", "\n# lead\n# more\n", "\n\n", "#\n\n# late\n"];
    private static readonly string[] Trails = ["", "  # trail", "  # deeper\n~    # below"];
    private static readonly string[] Bodies =
    [
        "manual: call", "manual: >-\n~  call them\n~  now", "run: |\n~  echo # no comment\n\n~  # nor this", "run: |+\n~  echo\n\n", "run: |-\n~    echo\n~  ",
        "run: \"echo \\\n~  more\"", "run: 'echo\n\n~  more'", "uses: a/b\n~with:\n~  list:\n~  - x\n~  - {k: v}\n~  text: plain\n~    more", "uses: a/b\n~with: {k: [1,\n~  2]}",
    ];

    private static readonly Gen<string[]> Pieces = Gen.Choose(0, int.MaxValue).ArrayOf(3)
        .Select(picks => new[] { Leads[picks[0] % Leads.Length], Bodies[picks[1] % Bodies.Length], Trails[picks[2] % Trails.Length] });

    private static readonly Gen<File> Files =
        from steps in Pieces.ArrayOf().Where(steps => steps.Length is > 1 and < 8)
        from indent in Gen.Choose(0, 3)
        from ends in Gen.Elements("\n", "\r\n")
        from tail in Gen.Elements("", "  owner: me\n", "\n  # end\n  owner: me\n", "\n# end\n", "---\na: b\n")
        select new File(steps, indent, ends, tail);

    [Fact]
    public void Removing_a_step_takes_one_span_and_no_other_byte() => Prop.ForAll(Files.ToArbitrary(), file =>
    {
        var source = file.ToString();
        for (var i = 0; i < file.Steps.Length; i++)
        {
            var result = RunbookEditor.RemoveStep(source, "web", $"s{i}");
            Assert.True(IsSpan(source, result), source + "=>\n" + result);
            Assert.DoesNotContain($"name: s{i}", result, StringComparison.Ordinal);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Inserting_a_step_adds_one_span_and_removing_it_gives_the_file_back() => Prop.ForAll(Files.ToArbitrary(), file =>
    {
        var source = file.ToString();
        var step = new RunbookStep { Name = "new", Run = "one\n\ntwo\n" };
        for (var i = -1; i < file.Steps.Length; i++)
        {
            var result = RunbookEditor.InsertStep(source, "web", i < 0 ? null : $"s{i}", step);
            Assert.True(IsSpan(result, source), source + "=>\n" + result);
            Assert.Equal(source.Contains('\r', StringComparison.Ordinal), result.Contains('\r', StringComparison.Ordinal));
            if (i >= 0)
            {
                Assert.Equal(source, RunbookEditor.RemoveStep(result, "web", "new"));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_place_in_a_map_is_a_place_in_the_file() => Prop.ForAll(Files.ToArbitrary(), file =>
    {
        var source = file.ToString();
        var lines = source.Split('\n');
        var map = Read.Text(source).Runbooks[0].Map;
        for (var i = 0; i < file.Steps.Length; i++)
        {
            var name = map.Find($"spec.steps[{i}].name");
            Assert.StartsWith($"s{i}", lines[name.Line - 1][(name.Column - 1)..], StringComparison.Ordinal);
            var key = map.FindKey($"spec.steps[{i}].name");
            Assert.StartsWith("name:", lines[key.Line - 1][(key.Column - 1)..], StringComparison.Ordinal);
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>Whether <paramref name="rest"/> is <paramref name="whole"/> with one span taken out.</summary>
    private static bool IsSpan(string whole, string rest)
    {
        var start = whole.AsSpan().CommonPrefixLength(rest);
        var missing = whole.Length - rest.Length;
        return missing > 0 && whole.AsSpan()[(start + missing)..].SequenceEqual(rest.AsSpan()[start..]);
    }

    private sealed record File(string[][] Steps, int Indent, string Ends, string Tail)
    {
        public override string ToString()
        {
            var (dash, text) = (new string(' ', Indent + 2), new StringBuilder(Read.Head + "spec:\n  title: x  # kept\n  steps:\n"));
            for (var i = 0; i < Steps.Length; i++)
            {
                var inner = dash + "  ";
                text.Append(Indented(Steps[i][0], dash)).Append(dash).Append("- name: s").Append(i);

                // A comment behind a block scalar would be part of it.
                var trail = Steps[i][1].Contains("run: |", StringComparison.Ordinal) ? string.Empty : Steps[i][2].Replace("~", inner, StringComparison.Ordinal);
                text.Append('\n').Append(inner).Append(Steps[i][1].Replace("~", inner, StringComparison.Ordinal)).Append(trail).Append('\n');
            }

            return (text + Tail).Replace("\n", Ends, StringComparison.Ordinal);
        }

        private static string Indented(string lead, string dash) => string.Concat(lead.Split('\n').SkipLast(1).Select(line => (line.Length == 0 ? line : dash + line) + "\n"));
    }
}
