using System.Text;
using RunbookOperator.Risk.Evaluation;
using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk;

/// <summary>The simple commands of a text, wherever they stand in it: for telling what a command names, not for judging it. Pure.</summary>
public static class CommandReader
{
    /// <summary>The most commands that are told.</summary>
    public const int MaximumCommands = 50;

    private const int MaximumDepth = 100;

    /// <summary>The words of each simple command, the program first. A word that is not known before it runs is null.</summary>
    /// <param name="command">The text for the shell.</param>
    /// <param name="values">Variables whose value is known.</param>
    public static IReadOnlyList<IReadOnlyList<string?>> Read(string command, IReadOnlyDictionary<string, string> values)
    {
        var found = new List<IReadOnlyList<string?>>();
        Walk(ShellParser.Parse(command), values, found, 0);
        return found;
    }

    private static void Walk(ShellNode node, IReadOnlyDictionary<string, string> values, List<IReadOnlyList<string?>> found, int depth)
    {
        if (depth > MaximumDepth || found.Count >= MaximumCommands)
        {
            return;
        }

        if (node is SimpleCommand { Words.Count: > 0 } simple)
        {
            found.Add([.. simple.Words.Select(word => Resolve(word, values))]);
        }

        foreach (var child in Children.Of(node).Concat(Children.Parts(node).SelectMany(Children.Inside)))
        {
            Walk(child, values, found, depth + 1);
        }
    }

    private static string? Resolve(Word word, IReadOnlyDictionary<string, string> values)
    {
        var text = new StringBuilder();
        foreach (var part in word.Parts)
        {
            switch (part)
            {
                case LiteralPart literal:
                    text.Append(literal.Text);
                    break;
                case VariablePart { Operator: "", Subscript: null, Slice: null } variable when values.TryGetValue(variable.Name, out var value):
                    text.Append(value);
                    break;
                default:
                    return null;
            }
        }

        return text.ToString();
    }
}
