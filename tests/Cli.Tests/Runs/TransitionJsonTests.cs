using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;
using RunbookOperator.TestKit;

namespace RunbookOperator.Cli.Tests.Runs;

public sealed class TransitionJsonTests
{
    [Fact]
    public void Each_change_is_one_line()
    {
        var run = Samples.Run(Samples.Succeeded(), Samples.Waiting());
        var lines = new Journal().Read(run).Select(transition => MachineText.JsonLine(TransitionJson.Of(run, transition, TestHost.Now)) + "\n");
        Golden.Equal("tests/Cli.Tests/Runs/changes.jsonl", string.Concat(lines));
    }
}
