namespace RunbookOperator.Api;

/// <summary>Whose signatures count.</summary>
public sealed record CommitVerification
{
    /// <summary>How commits are signed: ssh or gpg.</summary>
    [Text(Limits.Label, Values = ["ssh", "gpg"])]
    public required string Provider { get; init; }

    /// <summary>Secret with the public keys, under Flux's names: NAME.sshpub or NAME.asc.</summary>
    public required SecretReference SecretRef { get; init; }
}

/// <summary>Calls of the forge that make the sync look at once.</summary>
public sealed record RepositoryWebhook
{
    /// <summary>Whose form of call it is: github, gitlab, gitea or generic.</summary>
    [Text(Limits.Label, Values = ["github", "gitlab", "gitea", "generic"])]
    public required string Type { get; init; }

    /// <summary>Secret with the key that calls are signed with, under token.</summary>
    public required SecretReference SecretRef { get; init; }
}
