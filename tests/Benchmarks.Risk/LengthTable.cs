using System.Text;
using RunbookOperator.Risk;

namespace RunbookOperator.Benchmarks.Risk;

/// <summary>Time for texts that grow to 64 KiB: four times the length must not take more than about four times as long.</summary>
internal static class LengthTable
{
    private static readonly int[] Lengths = [1024, 4096, 16 * 1024, 64 * 1024];

    private static readonly string[] Pieces =
    [
        "kubectl get pods; ", "echo $(true) ", "echo \"a $x b\" ", "x=$x;y=$y;", "a|", "(", "$(", "{ ", "${x:-", "`", "`:` ", "cat <<A\na\nA\n", "<<A ", "<<A $(:) ", "case a in b) true;; esac;", "{1..999999}", "a[", "\\\n", "'a'", "[[ a == b ]];",
    ];

    /// <summary>The table.</summary>
    public static string Measure()
    {
        var classifier = new RiskClassifier { LongestRead = Lengths[^1] };
        var text = new StringBuilder()
            .AppendLine($"| repeated | {string.Join(" | ", Lengths.Select(length => $"{length / 1024} KiB, ms"))} | 64 through 16 KiB |")
            .AppendLine($"|---|{string.Concat(Enumerable.Repeat("---|", Lengths.Length + 1))}");
        foreach (var piece in Pieces)
        {
            var times = Lengths.Select(length => Milliseconds(classifier, piece, length)).ToList();
            text.AppendLine($"| `{piece.Replace("\n", "\\n").Replace("|", "\\|")}` | {string.Join(" | ", times.Select(time => time.ToString("0.000")))} | {times[^1] / times[^2]:0.0} |");
        }

        return text.ToString();
    }

    private static double Milliseconds(RiskClassifier classifier, string piece, int length)
    {
        var text = string.Concat(Enumerable.Repeat(piece, length / piece.Length));
        return CorpusTable.Microseconds(() => classifier.Classify(text), rounds: 8) / 1000;
    }
}
