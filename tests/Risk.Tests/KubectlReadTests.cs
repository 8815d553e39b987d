namespace RunbookOperator.Risk.Tests;

/// <summary>What reading the cluster is, and where it shows secrets.</summary>
public sealed class KubectlReadTests
{
    [Theory]
    [InlineData("kubectl get pods -n \"$namespace\"", "kubectl.read")]
    [InlineData("kubectl get pods -n $namespace -l app=web -w", "kubectl.read")]
    [InlineData("kubectl -n x get po -Aowide", "kubectl.read")]
    [InlineData("kubectl get nodes -o jsonpath={.items[*].metadata.name}", "kubectl.read")]
    [InlineData("kubectl get deploy x -o yaml", "kubectl.read")]
    [InlineData("kubectl get pods -v=9", "kubectl.read")]
    [InlineData("kubectl logs -f --tail 10 deploy/x", "kubectl.read")]
    [InlineData("kubectl logs -lapp=etcd -p -n \"$namespace\"", "kubectl.read")]
    [InlineData("kubectl describe secret x", "kubectl.read")]
    [InlineData("kubectl events -n x", "kubectl.read")]
    [InlineData("kubectl top pod --containers", "kubectl.read")]
    [InlineData("kubectl explain pod.spec", "kubectl.read")]
    [InlineData("kubectl api-resources --verbs=delete", "kubectl.read")]
    [InlineData("kubectl version --client", "kubectl.read")]
    [InlineData("kubectl auth can-i delete pods", "kubectl.read")]
    [InlineData("kubectl rollout status deploy/x --timeout=2m", "kubectl.read")]
    [InlineData("kubectl rollout history deploy/x", "kubectl.read")]
    [InlineData("kubectl diff -f x.yaml", "kubectl.read")]
    [InlineData("kubectl wait --for=condition=Ready pod/x", "kubectl.read")]
    [InlineData("kubectl config view", "kubectl.read")]
    [InlineData("kubectl config view --raw=false", "kubectl.read")]
    [InlineData("kubectl config get-contexts", "kubectl.read")]
    [InlineData("kubectl cluster-info dump", "kubectl.read")]
    [InlineData("kubectl get --raw /readyz?verbose", "kubectl.read")]
    [InlineData("kubectl set env deploy/x --list", "kubectl.read")]
    [InlineData("kubectl kustomize overlays/prod", "kubectl.read")]
    [InlineData("kubectl get externalsecret x -o yaml", "kubectl.read")]
    public void Plain_reads_are_safe(string command, string rule) => Verdicts.Require(RiskLevel.Safe, rule, command);

    [Theory]
    [InlineData("kubectl get secrets", "kubectl.read")]
    [InlineData("kubectl get secret x -o name", "kubectl.read")]
    [InlineData("kubectl get secrets -o wide --show-labels", "kubectl.read")]
    [InlineData("kubectl get secret -o jsonpath='{.items[*].metadata.name}'", "kubectl.read")]
    [InlineData("kubectl get secret -o jsonpath='{range .items[*]}{.metadata.name}{\"\\n\"}{end}'", "kubectl.read")]
    [InlineData("kubectl get secret -o custom-columns=NAME:.metadata.name,KIND:.type", "kubectl.read")]
    public void Names_and_metadata_of_secrets_are_safe(string command, string rule) => Verdicts.Require(RiskLevel.Safe, rule, command);

    [Theory]
    [InlineData("kubectl get secret x -o yaml", "kubectl.secret-read")]
    [InlineData("kubectl get secret x -ojson", "kubectl.secret-read")]
    [InlineData("kubectl get Secrets.v1.core -o=yaml", "kubectl.secret-read")]
    [InlineData("kubectl get secrets.v1. -A -o yaml", "kubectl.secret-read")]
    [InlineData("kubectl get pods,secrets --output yaml", "kubectl.secret-read")]
    [InlineData("kubectl get pod/x secret/y -o json", "kubectl.secret-read")]
    [InlineData("kubectl get secret x -o jsonpath='{.data}'", "kubectl.secret-read")]
    [InlineData("kubectl get secret -o jsonpath='{.items[0]}'", "kubectl.secret-read")]
    [InlineData("kubectl get secret -o jsonpath='{.metadata.annotations}'", "kubectl.secret-read")]
    [InlineData("kubectl get secret x -o go-template='{{.data}}'", "kubectl.secret-read")]
    [InlineData("kubectl get secret x --template='{{.data}}'", "kubectl.secret-read")]
    [InlineData("kubectl get secret x -o custom-columns=V:.data", "kubectl.secret-read")]
    [InlineData("kubectl get secret x -v=9", "kubectl.secret-read")]
    [InlineData("kubectl get --raw /api/v1/namespaces/x/secrets/y", "kubectl.secret-read")]
    [InlineData("kubectl apply view-last-applied secret/x", "kubectl.secret-read")]
    [InlineData("kubectl edit secret x", "kubectl.secret-read")]
    [InlineData("kubectl set env deploy/x --list --resolve", "kubectl.secret-read")]
    [InlineData("kubectl create secret generic x --from-literal=a=b --dry-run=client -o yaml", "kubectl.secret-read")]
    public void Values_of_secrets_are_dangerous_through_any_door(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("kubectl get \"$kind\" -o yaml", "kubectl.unknown-kind")]
    [InlineData("kubectl get -f x.yaml -o yaml", "kubectl.unknown-kind")]
    [InlineData("kubectl get \"$kind/x\" -o json", "kubectl.unknown-kind")]
    public void A_whole_object_of_a_kind_that_is_not_known_is_dangerous(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("kubectl get --raw /api/v1/namespaces/x/pods/y/proxy/", "kubectl.raw")]
    [InlineData("kubectl get --raw \"/$path\"", "kubectl.raw")]
    [InlineData("kubectl get --raw /apis/../api/v1/nodes", "kubectl.raw")]
    public void Raw_paths_are_dangerous_unless_known(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("kubectl get pods --token=x", "kubectl.credentials")]
    [InlineData("kubectl get pods --kubeconfig /tmp/x", "kubectl.server")]
    [InlineData("kubectl -s https://x get pods", "kubectl.server")]
    [InlineData("kubectl config view --raw", "kubectl.config-raw")]
    [InlineData("kubectl get pods --as x --as-group=system:masters", "kubectl.masters")]
    public void Credentials_and_other_servers_are_dangerous(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("kubectl get pods --as=x", "kubectl.impersonation")]
    public void Impersonation_is_caution(string command, string rule) => Verdicts.Require(RiskLevel.Caution, rule, command);
}
