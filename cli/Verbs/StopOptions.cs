using System.CommandLine;
using RunbookOperator.Api;
using RunbookOperator.Cli.Access;
using RunbookOperator.Cli.Cluster;
using RunbookOperator.Cli.Rendering;
using RunbookOperator.Cli.Runs;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>pause</c> without a run: a policy that stops a namespace, or with <c>--all</c> everything.</summary>
internal sealed class StopOptions
{
    private readonly Option<bool> _all = new("--all") { Description = "Every run of every namespace: the kill switch." };

    private readonly Option<string> _operator = new("--operator-namespace")
    {
        Description = "Where the operator is, for --all.", HelpName = "NAMESPACE", DefaultValueFactory = static _ => new AccessRequest("").OperatorNamespace,
    };

    /// <summary>Adds the flags.</summary>
    public void AddTo(Command command)
    {
        command.Add(_all);
        command.Add(_operator);
    }

    /// <summary>Whether everything is to stop.</summary>
    public bool IsAll(ParseResult parse) => parse.GetValue(_all);

    /// <summary>Creates the policy, and says what lifts it.</summary>
    /// <exception cref="CliException">The cluster says no, or the flags contradict each other.</exception>
    public async Task StopAsync(VerbContext context, OutputFormat format, string? run, CancellationToken cancellationToken)
    {
        var all = IsAll(context.Parse);
        if (run is not null || (all && context.NamesNamespace))
        {
            throw new CliException("--all pauses every run of every namespace: give it alone, or leave it out");
        }

        // The policies of the operator's namespace count everywhere.
        var session = all ? context.ConnectTo(context.Parse.GetRequiredValue(_operator)) : context.Connect();
        var user = await StopPolicy.UserAsync(session, context.Host.Environment, cancellationToken);
        var policy = StopPolicy.Of(session.Namespace, user, context.Host.Time.GetUtcNow());
        var stored = await CreateAsync(session, policy, all, cancellationToken);
        ObjectPrinter.Print(context.Out, format, stored, ResourceNames.Of<RunbookPolicy>(stored.Metadata.Name), "created");
        var story = format.IsForMachines() ? context.Host.Terminal.Error : context.Out;
        await story.WriteLineAsync($"Nothing starts in {(all ? "any namespace" : $"namespace {session.Namespace}")}; what runs finishes. To go on: "
            + $"kubectl delete {RunbookPolicy.Definition.GroupResource} {stored.Metadata.Name} -n {session.Namespace}");
    }

    private static async Task<RunbookPolicy> CreateAsync(ClusterSession session, RunbookPolicy policy, bool all, CancellationToken cancellationToken)
    {
        try
        {
            return await session.CreateAsync(policy, cancellationToken);
        }
        catch (CliException error)
        {
            var others = all
                ? "'--operator-namespace' says where the operator is; 'pause -n NAMESPACE' pauses one namespace, 'pause RUN' one run."
                : "'pause RUN' pauses one run.";
            throw new CliException($"{error.Message}\nNothing is paused. {others}");
        }
    }
}
