using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli.Tests.Rendering;

public sealed class TableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell_and_three_apart() => Assert.Equal(
        ["NAME   PHASE     AGE", "a      Running   -", "-      ?[2J      5m30s"],
        Table.Lines(["NAME", "PHASE", "AGE"], [["a", "Running", null], ["", "\u001b[2J", "5m30s"]]));

    [Fact]
    public void Without_rows_the_headings_stand_alone() => Assert.Equal(["NAME   AGE"], Table.Lines(["NAME", "AGE"], []));
}
