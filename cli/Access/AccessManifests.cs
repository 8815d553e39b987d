using RunbookOperator.Api;

namespace RunbookOperator.Cli.Access;

/// <summary>What a namespace grants to the operator and to the accounts of its steps, as manifests to read before they are applied.</summary>
internal static class AccessManifests
{
    /// <summary>Name of the network policy of step Pods.</summary>
    public const string NetworkPolicy = "runbook-steps";

    /// <summary>Where clouds hand out the credentials of the node, by range of addresses. Sources: the clouds' own pages about their metadata
    /// services; they are told in docs/security.md.</summary>
    public static readonly IReadOnlyList<(string All, IReadOnlyList<string> Except)> Egress =
    [
        ("0.0.0.0/0", ["169.254.169.254/32", "169.254.170.2/32", "169.254.170.23/32", "169.254.0.23/32", "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32"]),
        ("::/0", ["fd00:ec2::254/128", "fd00:ec2::23/128", "fd20:ce::254/128"]),
    ];

    private const string Operator = "runbook-operator";

    /// <summary>The manifests, in YAML.</summary>
    public static string Of(AccessRequest request)
    {
        request.Check();
        return string.Join("---\n", Documents(request));
    }

    private static IEnumerable<string> Documents(AccessRequest request) =>
    [
        .. Reader(request),
        .. SafeSecrets(request),
        .. request.ServiceAccounts.Select(account => Account(request, account, "Steps that change something act as this one. Grant it what they have to change, and no more.")),
        .. Secrets(request),
        .. request.SyncAccounts.SelectMany(account => Sync(request, account)),
        .. LetsIn(request),
        Network(request),
    ];

    private static IEnumerable<string> Reader(AccessRequest request)
    {
        yield return Account(request, Names.Reader, "Safe steps act as this account, so a wrong judgement cannot change anything: it reads, and no Secrets.");
        yield return Role(request, Names.Reader, null, """
            - apiGroups: ['']
              resources: [pods, pods/log, services, endpoints, configmaps, events, persistentvolumeclaims]
              verbs: [get, list, watch]
            - apiGroups: [apps]
              resources: [deployments, replicasets, statefulsets, daemonsets, controllerrevisions]
              verbs: [get, list, watch]
            - apiGroups: [batch]
              resources: [jobs, cronjobs]
              verbs: [get, list, watch]
            - apiGroups: [autoscaling]
              resources: [horizontalpodautoscalers]
              verbs: [get, list, watch]
            - apiGroups: [events.k8s.io]
              resources: [events]
              verbs: [get, list, watch]
            """);
        yield return Binding(request, Names.Reader, request.Namespace, [Names.Reader, .. request.ServiceAccounts]);
    }

    private static IEnumerable<string> SafeSecrets(AccessRequest request) => request.SafeSecrets.Count == 0 ? [] :
    [
        Role(request, "runbook-safe-secrets", $"Credentials that can only read. Each carries the label {Names.UseLabel}: {Names.SafeStepsUse}.", Get(request.SafeSecrets)),
        Binding(request, "runbook-safe-secrets", request.Namespace, [Names.Reader, .. request.ServiceAccounts]),
    ];

    private static IEnumerable<string> Secrets(AccessRequest request) => request.Secrets.Count == 0 ? [] :
    [
        Role(request, "runbook-secrets", $"Credentials for steps that are not safe. Each carries the label {Names.UseLabel}: {Names.StepsUse}.", Get(request.Secrets)),
        Binding(request, "runbook-secrets", request.Namespace, request.ServiceAccounts),
    ];

    private static IEnumerable<string> Sync(AccessRequest request, string account)
    {
        yield return Account(request, account, "The sync applies the runbooks of the repository as this one.");
        var impersonate = request.ServiceAccounts.Count == 0 ? "" : $"""
            - apiGroups: ['']
              resources: [serviceaccounts]
              verbs: [impersonate]
              resourceNames: [{string.Join(", ", request.ServiceAccounts)}]

            """;
        var why = impersonate.Length == 0 ? "The sync applies the runbooks." : "The sync applies the runbooks. It may impersonate the accounts that they name, as whoever writes a Runbook should: that is asked and never used.";
        yield return Role(request, account, why, $"""
            - apiGroups: [runbooks.dev]
              resources: [runbooks]
              verbs: [get, list, create, patch, delete]
            {impersonate}{(request.GitSecrets.Count == 0 ? "" : Get(request.GitSecrets))}
            """);
        yield return Binding(request, account, request.Namespace, [account]);
    }

    private static IEnumerable<string> LetsIn(AccessRequest request)
    {
        string[] accounts = [Names.Reader, .. request.ServiceAccounts, .. request.SyncAccounts];
        var secrets = request.AlertSecrets.Count == 0 ? "" : Get(request.AlertSecrets);
        yield return Role(
            request,
            Operator,
            "Lets the operator in: it acts as the accounts above, runs steps as Pods, keeps snapshots of runbooks" + (secrets.Length == 0 ? "." : ", and knows the passwords of alert sources."),
            $"""
            - apiGroups: ['']
              resources: [serviceaccounts]
              verbs: [impersonate]
              resourceNames: [{string.Join(", ", accounts.Distinct())}]
            - apiGroups: ['']
              resources: [pods]
              verbs: [create, get, list, watch, patch, delete]
            - apiGroups: ['']
              resources: [pods/log]
              verbs: [get]
            - apiGroups: [apps]
              resources: [controllerrevisions]
              verbs: [get, create, patch]
            {secrets}
            """);
        yield return Binding(request, Operator, request.OperatorNamespace, [Operator]);
    }

    private static string Network(AccessRequest request)
    {
        const string pods = $"{{key: {Names.ExecutionLabel}, operator: Exists}}";
        var ranges = Egress.Select(range => $"    - ipBlock: {{cidr: '{range.All}', except: [{string.Join(", ", range.Except.Select(address => $"'{address}'"))}]}}");
        return $$"""
            # Nobody reaches the Pods of steps, and they reach everything but what hands out the credentials of the node in a cloud.
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {{Metadata(request, NetworkPolicy)}}
            spec:
              podSelector:
                matchExpressions:
                - {{pods}}
              policyTypes: [Ingress, Egress]
              egress:
              - to:
                - namespaceSelector: {}
            {{string.Join('\n', ranges)}}

            """;
    }

    private static string Get(IEnumerable<string> secrets) => $"""
        - apiGroups: ['']
          resources: [secrets]
          verbs: [get]
          resourceNames: [{string.Join(", ", secrets)}]
        """;

    private static string Metadata(AccessRequest request, string name) => $"{{name: {name}, namespace: {request.Namespace}}}";

    private static string Account(AccessRequest request, string name, string why) => $$"""
        # {{why}}
        apiVersion: v1
        kind: ServiceAccount
        metadata: {{Metadata(request, name)}}

        """;

    private static string Role(AccessRequest request, string name, string? why, string rules)
    {
        var comment = why is null ? "" : $"# {why}\n";
        return $$"""
            {{comment}}apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {{Metadata(request, name)}}
            rules:
            {{rules.TrimEnd()}}

            """;
    }

    private static string Binding(AccessRequest request, string role, string ns, IReadOnlyList<string> accounts)
    {
        var subjects = accounts.Select(account => $"- {{kind: ServiceAccount, name: {account}, namespace: {ns}}}");
        var reference = $"{{apiGroup: rbac.authorization.k8s.io, kind: Role, name: {role}}}";
        return $$"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {{Metadata(request, role)}}
            roleRef: {{reference}}
            subjects:
            {{string.Join('\n', subjects)}}

            """;
    }
}
