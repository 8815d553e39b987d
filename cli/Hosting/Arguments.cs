using System.CommandLine;
using System.CommandLine.Parsing;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli;

/// <summary>Makes arguments that a mistyped flag cannot slip into: the parser takes an unknown flag for a value.</summary>
internal static class Arguments
{
    /// <summary>An argument that must be given.</summary>
    public static Argument<string> Required(string name, string description) => Checked(new Argument<string>(name) { Description = description });

    /// <summary>An argument that may be left out.</summary>
    public static Argument<string?> Optional(string name, string description) =>
        Checked(new Argument<string?>(name) { Description = description, Arity = ArgumentArity.ZeroOrOne });

    /// <summary>One or more values.</summary>
    public static Argument<string[]> Many(string name, string description) =>
        Checked(new Argument<string[]>(name) { Description = description, Arity = ArgumentArity.OneOrMore });

    private static Argument<T> Checked<T>(Argument<T> argument)
    {
        argument.Validators.Add(RefuseFlags);
        return argument;
    }

    private static void RefuseFlags(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
        {
            result.AddError($"unknown flag '{Plain.Line(token.Value)}'");
        }
    }
}
