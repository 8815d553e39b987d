using System.CommandLine;
using RunbookOperator.Cli.Access;

namespace RunbookOperator.Cli.Verbs;

/// <summary><c>enable</c>: what a namespace grants, so that runbooks run there. It prints, and changes nothing.</summary>
internal sealed class EnableVerb
{
    private readonly Argument<string> _namespace = Arguments.Required("NAMESPACE", "The namespace.");
    private readonly Option<string[]> _accounts = Many("--service-account", "An account that steps which change something act as.");
    private readonly Option<string[]> _syncAccounts = Many("--sync-account", "An account that a repository is synced as.");
    private readonly Option<string[]> _gitSecrets = Many("--git-secret", "A Secret with Git's credentials.");
    private readonly Option<string[]> _alertSecrets = Many("--alert-secret", "A Secret with the token of an alert source.");
    private readonly Option<string[]> _secrets = Many("--secret", "A Secret that steps may use, but no safe ones.");
    private readonly Option<string[]> _safeSecrets = Many("--safe-secret", "A Secret that every step may use: a credential that can only read.");

    private readonly Option<string> _operator = new("--operator-namespace")
    {
        Description = "Where the operator is.", HelpName = "NAMESPACE", DefaultValueFactory = static _ => new AccessRequest("").OperatorNamespace,
    };

    /// <summary>The command.</summary>
    public Command Create(CliHost host, GlobalOptions globals)
    {
        var command = new Command("enable", "Print what a namespace grants to the operator and to its steps; give it to 'kubectl apply -f -'.")
        {
            _namespace, _accounts, _syncAccounts, _gitSecrets, _alertSecrets, _secrets, _safeSecrets, _operator,
        };
        command.SetAction(parse => Run(new VerbContext(host, globals, parse)));
        return command;
    }

    private int Run(VerbContext context)
    {
        _ = context.Format(OutputFormat.Wide, OutputFormat.Yaml);
        var parse = context.Parse;
        context.Out.Write(AccessManifests.Of(new AccessRequest(parse.GetRequiredValue(_namespace))
        {
            ServiceAccounts = parse.GetValue(_accounts) ?? [],
            SyncAccounts = parse.GetValue(_syncAccounts) ?? [],
            GitSecrets = parse.GetValue(_gitSecrets) ?? [],
            AlertSecrets = parse.GetValue(_alertSecrets) ?? [],
            Secrets = parse.GetValue(_secrets) ?? [],
            SafeSecrets = parse.GetValue(_safeSecrets) ?? [],
            OperatorNamespace = parse.GetRequiredValue(_operator),
        }));
        return ExitCode.Success;
    }

    private static Option<string[]> Many(string name, string description) => new(name) { Description = $"{description} Again for more.", HelpName = "NAME" };
}
