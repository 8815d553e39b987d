namespace RunbookOperator.Kubernetes;

/// <summary>Who a request is made as.</summary>
public sealed record Impersonation
{
    /// <summary>Somebody else.</summary>
    /// <param name="user">The user, such as <c>system:serviceaccount:shop:fixer</c>.</param>
    /// <param name="groups">Its groups; empty lets the API server add those of a service account by itself.</param>
    /// <exception cref="ArgumentException">The user is empty or holds a control character: the API server would see no impersonation at
    /// all, and the request would be made with the connection's own rights.</exception>
    public Impersonation(string user, IReadOnlyList<string> groups)
    {
        User = Checked(user, nameof(user));
        Groups = [.. groups.Select(group => Checked(group, nameof(groups)))];
    }

    /// <summary>The user.</summary>
    public string User { get; }

    /// <summary>The groups.</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>The user's UID; null for none. Servers before 1.22 do not know it.</summary>
    public string? Uid
    {
        get;
        init => field = value is null ? null : Checked(value, nameof(Uid));
    }

    /// <summary>What an authenticator would say besides, by key.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra
    {
        get;
        init => field = value.ToDictionary(
            entry => Checked(entry.Key, nameof(Extra)),
            entry => (IReadOnlyList<string>)[.. entry.Value.Select(text => Checked(text, nameof(Extra)))]);
    } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>A service account.</summary>
    public static Impersonation ServiceAccount(string ns, string name) => new($"system:serviceaccount:{ns}:{name}", []);

    /// <summary>The headers that say so.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Headers() =>
    [
        new("Impersonate-User", User),
        .. Groups.Select(group => KeyValuePair.Create("Impersonate-Group", group)),
        .. Uid is null ? [] : new[] { KeyValuePair.Create("Impersonate-Uid", Uid) },
        .. Extra.SelectMany(entry => entry.Value.Select(text => KeyValuePair.Create("Impersonate-Extra-" + HeaderKey.Escape(entry.Key), text))),
    ];

    private static string Checked(string text, string what) => text.Length == 0 || text.Any(char.IsControl)
        ? throw new ArgumentException("Nobody can be impersonated by an empty text, or one with control characters.", what)
        : text;
}
