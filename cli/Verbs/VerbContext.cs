using System.CommandLine;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Verbs;

/// <summary>What every verb takes from the world around it.</summary>
internal sealed record VerbContext(CliHost Host, GlobalOptions Globals, ParseResult Parse)
{
    /// <summary>Standard output.</summary>
    public TextWriter Out => Host.Terminal.Out;

    /// <summary>Colours for standard output.</summary>
    public Paint Paint => Paint.For(Host.Terminal.IsOutputTerminal, Host.Environment);

    /// <summary>Writes lines to standard output.</summary>
    public void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Out.WriteLine(line);
        }
    }

    /// <summary>Opens the connection that the flags ask for.</summary>
    public ClusterSession Connect() => new(Host.Connect(Globals.Connection(Parse)));

    /// <summary>The same, in the namespace <paramref name="ns"/> whatever the flags say.</summary>
    public ClusterSession ConnectTo(string ns) => new(Host.Connect(Globals.Connection(Parse) with { Namespace = ns }));

    /// <summary>Whether a namespace was asked for by its flag.</summary>
    public bool NamesNamespace => Globals.Connection(Parse).Namespace is not null;

    /// <summary>What <c>-o</c> asks for, of the formats that the verb prints.</summary>
    public OutputFormat Format(params ReadOnlySpan<OutputFormat> known) => Globals.Format(Parse, known);

    /// <summary>Runs as lines for people.</summary>
    public RunView RunView => new(Paint, Host.Time.LocalTimeZone, Host.ProgramName, Globals.Repeat(Parse));
}
