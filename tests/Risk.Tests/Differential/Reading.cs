using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Tests.Differential;

/// <summary>A word that a parser has read: where it stands, and its text where that is known before anything is expanded.</summary>
internal readonly record struct ReadWord(int Start, int End, string? Text)
{
    public override string ToString() => $"{Start}-{End}:{(Text is null ? "<expands>" : $"\"{Text}\"")}";
}

/// <summary>What a parser reads in a text: the simple commands, and the words that stand elsewhere.</summary>
internal sealed record Reading(List<List<ReadWord>> Commands, List<ReadWord> Words)
{
    /// <summary>What our parser reads, or null if it refuses the text.</summary>
    public static Reading? Of(string text)
    {
        var tree = ShellParser.Parse(text);
        if (tree.Items is [.., { Command: ErrorNode }])
        {
            return null;
        }

        var reading = new Reading([], []);
        reading.Visit(tree);
        reading.Sort();
        return reading;
    }

    /// <summary>Puts everything in the order of the text.</summary>
    public void Sort()
    {
        Words.Sort(Order);
        Commands.Sort((left, right) => (left.Count, right.Count) switch
        {
            (0, 0) => 0,
            (0, _) => -1,
            (_, 0) => 1,
            _ => Order(left[0], right[0]),
        });
    }

    /// <summary>Both as text, one item a line.</summary>
    public override string ToString() =>
        string.Join('\n', Commands.Select(command => "command " + string.Join(' ', command)).Concat(Words.Select(word => "word " + word)));

    private static int Order(ReadWord left, ReadWord right) => (left.Start, left.End).CompareTo((right.Start, right.End));

    private void Visit(ShellNode node)
    {
        Note(node);
        foreach (var child in Children.Of(node))
        {
            Visit(child);
        }

        foreach (var part in Children.Parts(node))
        {
            Visit(part);
        }
    }

    private void Visit(WordPart part)
    {
        foreach (var node in Children.Inside(part))
        {
            Visit(node);
        }

        foreach (var inner in Children.PartsInside(part))
        {
            Visit(inner);
        }
    }

    private void Note(ShellNode node)
    {
        switch (node)
        {
            case SimpleCommand simple when simple.Words.Count > 0 || simple.Assignments.Count > 0:
                Commands.Add([.. simple.Words.Select(Plain)]);
                break;
            case Assignment { Value: { } value }:
                NoteAssigned(value);
                break;
            case Assignment assignment:
                assignment.Elements.ToList().ForEach(NoteAssigned);
                break;
            case Redirection { Target: var target } redirection when !IsHereDocument(redirection):
                Words.Add(Plain(target));
                break;
            case ForCommand { Words: { } words }:
                Words.AddRange(words.Select(Plain));
                break;
            case SelectCommand { Words: { } words }:
                Words.AddRange(words.Select(Plain));
                break;
            case CaseCommand choice:
                Words.Add(Plain(choice.Subject));
                Words.AddRange(choice.Items.SelectMany(item => item.Patterns).Select(Plain));
                break;
        }
    }

    // The word of a here-document is its whole redirection, a here-string's is only the text.
    private static bool IsHereDocument(Redirection redirection) =>
        redirection.Kind == RedirectionKind.Text && redirection.Target.Span == redirection.Span;

    private void NoteAssigned(Word value)
    {
        if (value.Parts.Count > 0)
        {
            Words.Add(Plain(value));
        }
    }

    private static ReadWord Plain(Word word) => new(word.Span.Start, word.Span.End, word.Literal);
}
