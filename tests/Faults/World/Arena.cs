using System.Security.Cryptography;
using RunbookOperator.TestKit;

namespace RunbookOperator.Faults;

/// <summary>A namespace for one family: lanes of workloads and a runbook for each, accounts, and Riley, who may approve.</summary>
internal sealed class Arena
{
    /// <summary>How many steps of a lane's runbook change something.</summary>
    public const int Effects = 6;

    /// <summary>How many steps it has.</summary>
    public const int Steps = 8;

    /// <summary>The step that waits for Riley.</summary>
    public const string Asked = "ask";

    /// <summary>What the alerts' sender knows.</summary>
    public const string Token = "a-token-of-the-tests-0123456789";

    private Arena(string ns, int lanes) => (Namespace, Lanes) = (ns, lanes);

    public string Namespace { get; }

    public int Lanes { get; }

    /// <summary>Makes one.</summary>
    /// <param name="family">Goes into the name.</param>
    /// <param name="lanes">How many runs may go on at once without touching what another one touches.</param>
    /// <param name="asks">Whether one step of each run waits for Riley.</param>
    public static async Task<Arena> CreateAsync(string family, int lanes, bool asks)
    {
        var kubectl = await Kubectl.AdministratorAsync(CancellationToken.None);
        var ns = $"{family.ToLowerInvariant()}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}";
        await kubectl.RunAsync(["create", "namespace", ns]);
        await kubectl.RunAsync(["apply", "-n", ns, "-f", "-"], Access(ns));
        var lane = Enumerable.Range(0, lanes).SelectMany(lane => Workloads(lane).Append(Runbook(lane, asks)));
        await kubectl.RunAsync(["apply", "-n", ns, "-f", "-"], string.Join("\n---\n", lane));
        return new Arena(ns, lanes);
    }

    private static IEnumerable<string> Workloads(int lane) => "abcdef".Select(letter => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: lane{{{lane}}}-{{{letter}}}}
        spec:
          replicas: 0
          revisionHistoryLimit: 1
          selector: {matchLabels: {app: lane{{{lane}}}-{{{letter}}}}}
          template:
            metadata: {labels: {app: lane{{{lane}}}-{{{letter}}}}}
            spec: {containers: [{name: main, image: 'runbooks.dev/checkout:dev'}]}
        """);

    private static string Runbook(int lane, bool asks) => $$$"""
        apiVersion: runbooks.dev/v1alpha1
        kind: Runbook
        metadata: {name: lane{{{lane}}}}
        spec:
          title: For a test
          mode: Copilot
          serviceAccountName: fixer
          concurrency: {maxPerHour: 1000}
          triggers:
          - alert: {matchers: ['alertname="Fault"', 'lane="{{{lane}}}"']}
          steps:
          - {name: look, uses: kubernetes/get, with: {kind: Deployment, name: lane{{{lane}}}-a}}
          - {name: first, uses: kubernetes/rollout-restart, with: {kind: Deployment, name: lane{{{lane}}}-a}}
          - {name: second, uses: kubernetes/rollout-restart, with: {kind: Deployment, name: lane{{{lane}}}-b}}
          - {name: third, uses: kubernetes/rollout-restart, with: {kind: Deployment, name: lane{{{lane}}}-c}}
          - {name: {{{(asks ? Asked : "fourth")}}}, uses: kubernetes/rollout-restart, with: {kind: Deployment, name: lane{{{lane}}}-d}{{{(asks ? ", risk: dangerous" : "")}}}}
          - {name: fifth, uses: kubernetes/rollout-restart, with: {kind: Deployment, name: lane{{{lane}}}-e}}
          - {name: sixth, uses: kubernetes/rollout-restart, with: {kind: Deployment, name: lane{{{lane}}}-f}}
          - {name: again, uses: kubernetes/get, with: {kind: Deployment, name: lane{{{lane}}}-f}}
        """;

    private static string Access(string ns) => $$$"""
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: runbook-reader}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: fixer}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: alertmanager, labels: {runbooks.dev/alerts: alertmanager}}
        stringData: {token: {{{Token}}}}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader}
        rules:
        - {apiGroups: [apps], resources: [deployments, replicasets, controllerrevisions], verbs: [get, list, watch]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: fixer}
        rules:
        - {apiGroups: [apps], resources: [deployments], verbs: [patch]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: runbook-operator}
        rules:
        - {apiGroups: [''], resources: [serviceaccounts], verbs: [impersonate], resourceNames: [runbook-reader, fixer]}
        - {apiGroups: [''], resources: [pods], verbs: [create, get, list, watch, patch, delete]}
        - {apiGroups: [apps], resources: [controllerrevisions], verbs: [get, create, patch]}
        - {apiGroups: [''], resources: [secrets], verbs: [get], resourceNames: [alertmanager]}
        ---
        {{{Binding("reader", "Role", "reader", Account("runbook-reader", ns), Account("fixer", ns))}}}
        ---
        {{{Binding("fixer", "Role", "fixer", Account("fixer", ns))}}}
        ---
        {{{Binding("runbook-operator", "Role", "runbook-operator", Account("runbook-operator", Permissions.Namespace))}}}
        ---
        {{{Binding("responder", "ClusterRole", "runbooks-responder", Riley)}}}
        ---
        {{{Binding("approver", "ClusterRole", "runbooks-approver-dangerous", Riley)}}}
        ---
        {{{Binding("approver-caution", "ClusterRole", "runbooks-approver-caution", Riley)}}}
        """;

    private const string Riley = "{kind: User, apiGroup: rbac.authorization.k8s.io, name: riley}";

    private static string Account(string name, string ns) => $"{{kind: ServiceAccount, name: {name}, namespace: {ns}}}";

    private static string Binding(string name, string kind, string role, params string[] subjects) => $$$"""
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: {{{name}}}}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: {{{kind}}}, name: {{{role}}}}
        subjects: [{{{string.Join(", ", subjects)}}}]
        """;
}
