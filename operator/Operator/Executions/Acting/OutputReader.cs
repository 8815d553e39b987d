using System.Text;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>Reads an output that is there as a whole. Pure.</summary>
internal static class OutputReader
{
    /// <summary>Reads <paramref name="output"/>.</summary>
    /// <param name="output">The output as it came.</param>
    /// <param name="cut">Whether there was more than was read.</param>
    /// <param name="outputs">The variables to take.</param>
    /// <param name="redactor">Removes secrets.</param>
    public static StepText Read(string output, bool cut, IReadOnlyList<StepOutput>? outputs, Redactor redactor)
    {
        using var collector = new OutputCollector(outputs, redactor);
        collector.Add(Encoding.UTF8.GetBytes(output));
        return collector.Finish(!cut);
    }
}
