using System.Text.Json;
using RunbookOperator.Risk;

namespace RunbookOperator.RiskReport;

/// <summary>A command of the corpus with the answer that a person gave, and ours.</summary>
/// <param name="Id">Its name in the corpus.</param>
/// <param name="Command">The text.</param>
/// <param name="Label">What it should be called: safe, caution, dangerous.</param>
/// <param name="Confidence">How sure the label is: high, medium, low.</param>
/// <param name="Category">What kind of command it is.</param>
internal sealed record LabelledCommand(string Id, string Command, string Label, string Confidence, string Category)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly RiskClassifier Classifier = new();

    private static readonly HashSet<string> Identities = ["wrapper.identity", "wrapper.remote", "kubectl.exec", "container.exec", "cluster.exec"];

    /// <summary>Our answer.</summary>
    public RiskVerdict Verdict { get; } = Classifier.Classify(Command);

    /// <summary>Ours as the corpus writes it.</summary>
    public string Answer => Verdict.Level.ToText();

    /// <summary>Below zero: called less risky than labelled. Above: more.</summary>
    public int Deviation => Verdict.Level - (RiskLevels.TryParse(Label, out var label) ? label : throw new FormatException($"{Id}: no label \"{Label}\"."));

    /// <summary>A read that needs another identity, behind <c>sudo</c>, <c>ssh</c> or <c>exec</c>: caution by our definition of the words, whatever the label.</summary>
    public bool IsReadByAnotherIdentity =>
        Verdict.Level == RiskLevel.Caution && Verdict.Reasons.Where(reason => reason.Level == RiskLevel.Caution).All(reason => Identities.Contains(reason.Rule));

    /// <summary>Reads the commands of files, a JSON object a line.</summary>
    public static List<LabelledCommand> Read(IEnumerable<string> files) =>
        [.. files.SelectMany(File.ReadLines).Select(line => JsonSerializer.Deserialize<LabelledCommand>(line, Json)!)];
}
