using System.CommandLine;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;

namespace RunbookOperator.Cli;

/// <summary>The flags that every verb takes, named as kubectl names them.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<string?> _namespace = Text("--namespace", "NAMESPACE", "The namespace to look in; that of the context by default.", "-n");
    private readonly Option<string?> _context = Text("--context", "CONTEXT", "The context of the kubeconfig to use.");
    private readonly Option<string?> _kubeconfig = Text("--kubeconfig", "FILE", "The kubeconfig file to use.");
    private readonly Option<string?> _as = Text("--as", "USER", "Act as this user.");
    private readonly Option<string[]> _asGroup = new("--as-group")
    {
        Description = "Act as a member of this group; give it again for more.", HelpName = "GROUP", Recursive = true, Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _output = Text("--output", "FORMAT", $"How to print: {string.Join('|', OutputFormats.Words)}.", "-o");

    /// <summary>The options, for the root command.</summary>
    public IEnumerable<Option> All => [_namespace, _context, _kubeconfig, _as, _asGroup, _output];

    /// <summary>Makes the options.</summary>
    public GlobalOptions() => _output.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && !OutputFormats.Words.Contains(token.Value))
        {
            result.AddError($"-o takes one of {string.Join(", ", OutputFormats.Words)}, not '{Plain.Line(token.Value)}'");
        }
    });

    /// <summary>What <c>-o</c> asks for.</summary>
    /// <exception cref="CliException">The verb does not know the format.</exception>
    public OutputFormat Format(ParseResult parse, params ReadOnlySpan<OutputFormat> known)
    {
        var word = parse.GetValue(_output);
        var format = OutputFormats.Parse(word);
        if (format == OutputFormat.Text || known.Contains(format))
        {
            return format;
        }

        var verb = parse.CommandResult.Command.Name;
        throw new CliException($"{verb} does not print -o {word}", ExitCode.Usage(verb));
    }

    /// <summary>Which cluster is asked for, as whom.</summary>
    public ConnectionOptions Connection(ParseResult parse) => new()
    {
        Kubeconfig = parse.GetValue(_kubeconfig),
        Context = parse.GetValue(_context),
        Namespace = parse.GetValue(_namespace),
        As = parse.GetValue(_as),
        AsGroups = parse.GetValue(_asGroup) ?? [],
    };

    /// <summary>The flags about the cluster as they were given, to be typed again in a command that is shown.</summary>
    public string Repeat(ParseResult parse)
    {
        var given = Connection(parse);
        List<(string Flag, string? Value)> flags =
            [("-n", given.Namespace), ("--context", given.Context), ("--kubeconfig", given.Kubeconfig), ("--as", given.As)];
        flags.AddRange(given.AsGroups.Select(group => ("--as-group", (string?)group)));
        return string.Concat(flags.Where(flag => flag.Value is not null).Select(flag => $" {flag.Flag} {ShellWord.Quote(flag.Value!)}"));
    }

    private static Option<string?> Text(string name, string value, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, HelpName = value, Recursive = true };
}
