namespace RunbookOperator.Risk.Tests;

/// <summary>What changing the cluster is.</summary>
public sealed class KubectlChangeTests
{
    [Theory]
    [InlineData("kubectl rollout restart deploy/x", "kubectl.restart")]
    [InlineData("kubectl rollout undo deploy/x", "kubectl.undo")]
    [InlineData("kubectl scale deploy x --replicas=3", "kubectl.scale")]
    [InlineData("kubectl scale deploy x --replicas=\"$replicas\"", "kubectl.scale")]
    [InlineData("kubectl cordon \"$node\"", "kubectl.cordon")]
    [InlineData("kubectl uncordon n1", "kubectl.cordon")]
    [InlineData("kubectl drain n1 --ignore-daemonsets", "kubectl.drain")]
    [InlineData("kubectl drain n1 --delete-emptydir-data=false", "kubectl.drain")]
    [InlineData("kubectl apply -f x.yaml", "kubectl.change")]
    [InlineData("kubectl patch deploy x -p '{\"spec\":{\"replicas\":2}}'", "kubectl.change")]
    [InlineData("kubectl label pod x a=b", "kubectl.change")]
    [InlineData("kubectl annotate pod x a-", "kubectl.change")]
    [InlineData("kubectl set image deploy/x a=b:2", "kubectl.change")]
    [InlineData("kubectl taint nodes x a=b:NoSchedule", "kubectl.change")]
    [InlineData("kubectl replace -f x.yaml", "kubectl.change")]
    [InlineData("kubectl edit deploy x", "kubectl.change")]
    [InlineData("kubectl create ns x", "kubectl.change")]
    [InlineData("kubectl create job x --from=cronjob/y", "kubectl.change")]
    [InlineData("kubectl cp x:/a b", "file.write")]
    [InlineData("kubectl port-forward svc/x 80", "kubectl.tunnel")]
    [InlineData("kubectl proxy --port=8001", "kubectl.tunnel")]
    [InlineData("kubectl config use-context x", "kubectl.config")]
    [InlineData("kubectl config set-cluster x --server=https://y", "kubectl.config")]
    [InlineData("kubectl get x -o yaml | kubectl apply -f -", "kubectl.change")]
    [InlineData("kubectl apply -f - <<EOF\nkind: ConfigMap\nEOF", "kubectl.change")]
    [InlineData("kubectl kustomize x -o out.yaml", "file.write")]
    [InlineData("kubectl set env deploy/x A=b --list", "kubectl.change")]
    public void Bounded_changes_are_caution(string command, string rule) => Verdicts.Require(RiskLevel.Caution, rule, command);

    [Theory]
    [InlineData("kubectl delete pod x", "kubectl.delete")]
    [InlineData("kubectl \"del\"\"ete\" pod x", "kubectl.delete")]
    [InlineData("kubectl --context a -n b delete ns x", "kubectl.delete")]
    [InlineData("kubectl drain n1 --force", "kubectl.force")]
    [InlineData("kubectl drain n1 --disable-eviction", "kubectl.force")]
    [InlineData("kubectl drain n1 --grace-period=0", "kubectl.force")]
    [InlineData("kubectl drain n1 --delete-emptydir-data", "kubectl.emptydir")]
    [InlineData("kubectl replace --force -f x.yaml", "kubectl.force")]
    [InlineData("kubectl apply -f x --prune -l a=b", "kubectl.prune")]
    [InlineData("kubectl patch pv x -p '{\"metadata\":{\"finalizers\":[]}}'", "kubectl.finalizers")]
    [InlineData("kubectl patch pv x -p '{\"metadata\":{\"final\\u0069zers\":[]}}'", "kubectl.finalizers")]
    [InlineData("kubectl config delete-context x", "kubectl.config-delete")]
    public void Destruction_is_dangerous(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("kubectl create clusterrolebinding x --clusterrole=y --user=z", "kubectl.access")]
    [InlineData("kubectl create token x", "kubectl.access")]
    [InlineData("kubectl set subject rolebinding x --user=y", "kubectl.access")]
    [InlineData("kubectl certificate approve x", "kubectl.access")]
    [InlineData("kubectl auth reconcile -f x", "kubectl.access")]
    [InlineData("kubectl patch clusterrole x -p \"{}\"", "kubectl.access")]
    [InlineData("kubectl create secret generic x --from-literal=a=b", "kubectl.secret-write")]
    [InlineData("kubectl set env --from=secret/x deploy/y", "kubectl.secret-write")]
    [InlineData("kubectl apply -f - <<EOF\nkind: RoleBinding\nEOF", "kubectl.access")]
    [InlineData("echo '{\"kind\":\"Secret\"}' | kubectl apply -f -", "kubectl.secret-write")]
    [InlineData("kubectl label ns x pod-security.kubernetes.io/enforce=privileged", "kubectl.finalizers")]
    [InlineData("kubectl expose deploy x --type=LoadBalancer --port 80", "kubectl.exposure")]
    [InlineData("kubectl port-forward --address 0.0.0.0 svc/x 80", "kubectl.open-tunnel")]
    public void Access_and_exposure_are_dangerous(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("kubectl run x --image=y", "kubectl.image")]
    [InlineData("kubectl debug node/x -it --image=y", "kubectl.image")]
    [InlineData("kubectl create job x --image=y -- sh", "kubectl.image")]
    [InlineData("kubectl attach x", "kubectl.interactive")]
    [InlineData("kubectl exec x", "kubectl.interactive")]
    [InlineData("kubectl apply -f https://x/y.yaml", "kubectl.opaque-change")]
    [InlineData("kubectl apply -f \"$file\"", "kubectl.opaque-change")]
    [InlineData("kubectl patch deploy x -p \"$patch\"", "kubectl.opaque-change")]
    [InlineData("kubectl foo", "kubectl.unknown-verb")]
    [InlineData("kubectl rollout foo x", "kubectl.unknown-verb")]
    [InlineData("kubectl $verb pod x", "kubectl.variable-verb")]
    [InlineData("kubectl get pods --frobnicate", "program.unknown-flag")]
    [InlineData("kubectl get pods -n", "program.unknown-flag")]
    public void What_cannot_be_seen_is_dangerous(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("kubectl exec x -- cat /etc/hosts", "kubectl.exec")]
    [InlineData("kubectl exec -it deploy/x -c y -- grep a /var/log/b", "kubectl.exec")]
    [InlineData("kubectl exec x cat /etc/hosts", "kubectl.exec")]
    public void A_plain_read_inside_a_container_is_caution(string command, string rule) => Verdicts.Require(RiskLevel.Caution, rule, command);

    [Theory]
    [InlineData("kubectl exec x -- rm /data", "file.delete")]
    [InlineData("kubectl exec x -- cat /proc/1/environ", "file.secret")]
    [InlineData("kubectl exec x -- kubectl delete pod y", "kubectl.delete")]
    [InlineData("kubectl exec -it x -- bash", "wrapper.interactive")]
    public void Anything_else_inside_a_container_is_dangerous(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("kubectl delete pod x --dry-run=client", "kubectl.dry-run")]
    [InlineData("kubectl apply -f x --dry-run=server", "kubectl.dry-run")]
    [InlineData("kubectl drain n1 --force --dry-run=client", "kubectl.dry-run")]
    [InlineData("kubectl replace -f x --force=false --dry-run=server", "kubectl.dry-run")]
    [InlineData("kubectl scale deploy x --replicas=0 --dry-run=server", "kubectl.dry-run")]
    [InlineData("kubectl create configmap x --from-file=app.yaml --dry-run=client -o yaml", "kubectl.dry-run")]
    [InlineData("kubectl apply -f x -n \"$ns\" --dry-run=server", "kubectl.dry-run")]
    public void A_dry_run_changes_nothing(string command, string rule) => Verdicts.Require(RiskLevel.Safe, rule, command);

    [Theory]
    [InlineData("kubectl delete pod x --dry-run=none", "kubectl.delete")]
    [InlineData("kubectl delete pod x --dry-run=client --dry-run=none", "kubectl.delete")]
    [InlineData("kubectl delete pod x -- --dry-run=client", "kubectl.delete")]
    [InlineData("kubectl delete pod x --dry-run \"client\"", "kubectl.delete")]
    [InlineData("kubectl delete pod x --dry-run=\"$mode\"", "kubectl.delete")]
    [InlineData("kubectl delete pod x -l --dry-run=client", "kubectl.delete")]
    [InlineData("kubectl delete pod $(kubectl get pods -o name) --dry-run=client", "kubectl.delete")]
    public void What_only_looks_like_a_dry_run_is_judged_as_real(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("kubectl delete --raw /api/v1/namespaces/prod/persistentvolumeclaims/data --dry-run=client", "kubectl.raw-write")]
    [InlineData("kubectl delete --raw=/api/v1/namespaces/prod --dry-run=server", "kubectl.delete")]
    [InlineData("kubectl create --raw /api/v1/namespaces -f x --dry-run=client", "kubectl.raw-write")]
    [InlineData("kubectl replace --raw /api/v1/namespaces/x -f x --dry-run=server", "kubectl.raw-write")]
    [InlineData("kubectl replace --force --dry-run=server -f x", "kubectl.force")]
    [InlineData("kubectl replace --dry-run=client -f x --force=true", "kubectl.force")]
    [InlineData("kubectl apply --force --dry-run=server -f x", "kubectl.force")]
    [InlineData("kubectl run x --image=y --rm -it --dry-run=client", "kubectl.image")]
    [InlineData("kubectl exec x --dry-run=client -- rm /data", "program.unknown-flag")]
    [InlineData("kubectl cp x:/a b --dry-run=client", "program.unknown-flag")]
    [InlineData("kubectl debug x --image=y --dry-run=client", "program.unknown-flag")]
    [InlineData("kubectl rollout restart deploy/x --dry-run=server", "program.unknown-flag")]
    [InlineData("kubectl certificate approve x --dry-run=client", "kubectl.access")]
    [InlineData("kubectl config unset x --dry-run=client", "kubectl.config-delete")]
    [InlineData("kubectl neat x --dry-run=client", "kubectl.unknown-verb")]
    public void A_dry_run_that_is_not_honoured_is_judged_as_real(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Fact]
    public void Creating_from_an_editor_is_never_a_dry_run() =>
        Verdicts.Require(RiskLevel.Caution, "kubectl.change", "kubectl create -f x --edit --dry-run=client");

    [Theory]
    [InlineData("kubectl create configmap x --from-file=a=/etc/shadow --dry-run=client -o yaml", "file.secret")]
    [InlineData("kubectl create configmap x --from-file=/root --dry-run=client -o yaml", "file.secret")]
    [InlineData("kubectl create -f tls.key --dry-run=client -o yaml", "file.secret")]
    public void A_dry_run_shows_the_files_it_is_given(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);

    [Theory]
    [InlineData("kubectl delete --help", "kubectl.help")]
    [InlineData("kubectl help delete", "kubectl.help")]
    [InlineData("kubectl", "kubectl.help")]
    public void Help_is_safe(string command, string rule) => Verdicts.Require(RiskLevel.Safe, rule, command);

    [Theory]
    [InlineData("kubectl delete pod x -n --help", "kubectl.delete")]
    [InlineData("kubectl delete pod x -- --help", "kubectl.delete")]
    public void Help_that_is_a_value_is_not_help(string command, string rule) => Verdicts.Require(RiskLevel.Dangerous, rule, command);
}
