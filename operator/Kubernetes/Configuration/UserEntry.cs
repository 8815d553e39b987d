namespace RunbookOperator.Kubernetes;

/// <summary>An entry of <c>users</c>: the credentials, and whom to act as.</summary>
internal static class UserEntry
{
    /// <summary>Where the credentials come from. Everything that can be known to be wrong now is told now. Of several a token file wins over
    /// a token, and both over a program, as in kubectl.</summary>
    public static Func<TimeProvider, ICredentialSource> Credentials(NamedUser named, ExecCluster cluster, bool terminal)
    {
        var place = PlaceOf(named);
        var user = named.User ?? new KubeconfigUser();
        RefuseUnsupported(user, place);
        var certificate = Certificate(user, place);
        if (user is { TokenFile: { } path })
        {
            return time =>
            {
                var file = new FileText(path, "tokenFile", place, time);
                return new UserCredentials(() => file.Read().Trim(), certificate(time), file.Invalidate);
            };
        }

        if (user is { Exec: { } exec } && string.IsNullOrEmpty(user.Token))
        {
            ExecCredential.Check(exec, place, terminal);
            return time => new ExecCredentials(exec, cluster, place, time, terminal);
        }

        var token = string.IsNullOrEmpty(user.Token) ? null : user.Token;
        return time => new UserCredentials(() => token, certificate(time), () => { });
    }

    public static Impersonation? Impersonate(NamedUser named)
    {
        var user = named.User ?? new KubeconfigUser();
        if (string.IsNullOrEmpty(user.As))
        {
            var lonely = user switch
            {
                { AsGroups.Count: > 0 } => "as-groups",
                { AsUid.Length: > 0 } => "as-uid",
                { AsUserExtra.Count: > 0 } => "as-user-extra",
                _ => null,
            };
            return lonely is null ? null : throw PlaceOf(named).Error(lonely, "is set without as.");
        }

        try
        {
            return new Impersonation(user.As, user.AsGroups ?? [])
            {
                Uid = string.IsNullOrEmpty(user.AsUid) ? null : user.AsUid,
                Extra = (user.AsUserExtra ?? []).ToDictionary(entry => entry.Key, entry => (IReadOnlyList<string>)entry.Value),
            };
        }
        catch (ArgumentException exception)
        {
            throw PlaceOf(named).Error("as", "and what belongs to it must be text without control characters.", exception);
        }
    }

    private static Place PlaceOf(NamedUser named) => new(named.File, $"user \"{named.Name}\"");

    // Ignoring one of these would act as somebody else than the file says.
    private static void RefuseUnsupported(KubeconfigUser user, Place place)
    {
        if (user.AuthProvider is { } provider)
        {
            throw place.Error("auth-provider", AuthProviders.Explain(provider.Name));
        }

        if (!string.IsNullOrEmpty(user.Username) || !string.IsNullOrEmpty(user.Password))
        {
            throw place.Error("username and password", "are not supported: Kubernetes has no longer known them since 1.19.");
        }
    }

    private static Func<TimeProvider, Func<ClientCertificate?>> Certificate(KubeconfigUser user, Place place)
    {
        var certificate = new Material(user.ClientCertificateData, user.ClientCertificate, "client-certificate", place);
        var key = new Material(user.ClientKeyData, user.ClientKey, "client-key", place);
        switch (certificate.IsSet, key.IsSet)
        {
            case (false, false):
                return _ => () => null;
            case (false, true):
                throw place.Error("client-key", "is set without a client-certificate.");
            case (true, false):
                throw place.Error("client-certificate", "is set without a client-key.");
            default:
                Pair(TimeProvider.System)();
                return Pair;
        }

        Func<ClientCertificate> Pair(TimeProvider time)
        {
            var (first, second) = (certificate.Open(time), key.Open(time));
            // PEM holds no NUL.
            return new Renewed<ClientCertificate>(
                () => $"{first()}\0{second()}",
                both => ClientCertificate.FromPem(both[..both.IndexOf('\0', StringComparison.Ordinal)], both[(both.IndexOf('\0', StringComparison.Ordinal) + 1)..], place)).Get;
        }
    }
}
