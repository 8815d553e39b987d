using RunbookOperator.Executions;
using RunbookOperator.Risk;

namespace RunbookOperator.Tests.Acting;

/// <summary>What a dry run asks of the API server for a command.</summary>
public sealed class KubectlCallTests
{
    [Theory]
    [InlineData("kubectl get pods", "list pods in -")]
    [InlineData("kubectl get deploy/web -n \"$ns\" -o yaml", "get deploy/web in shop")]
    [InlineData("kubectl get deploy,svc -A", "list deploy in all; list svc in all")]
    [InlineData("kubectl describe pod a b", "get pod/a in -; get pod/b in -")]
    [InlineData("kubectl logs -l app=x --tail=-1", "list pods in -; get pods#log in -")]
    [InlineData("kubectl logs web-1 --since 10m", "get pods/web-1#log in -; get pods/web-1 in -")]
    [InlineData("kubectl exec deploy/web -- rm -rf /", "get deploy/web in -; create pods#exec in -")]
    [InlineData("kubectl delete pod web-1", "delete pod/web-1 in -")]
    [InlineData("kubectl delete pods -l app=x", "deletecollection pods in -")]
    [InlineData("kubectl scale deployment web --replicas=3", "patch deployment/web#scale in -")]
    [InlineData("kubectl rollout restart deploy/web", "patch deploy/web in -")]
    [InlineData("kubectl rollout status deploy/web --timeout 1m", "get deploy/web in -")]
    [InlineData("kubectl set image deployment/web web=nginx:1", "patch deployment/web in -")]
    [InlineData("kubectl label node worker-1 a=b c-", "patch node/worker-1 in -")]
    [InlineData("kubectl cordon worker-1", "patch nodes/worker-1 in all")]
    [InlineData("kubectl get pods | grep x; if true; then kubectl delete svc web; fi", "list pods in -; delete svc/web in -")]
    [InlineData("echo $(kubectl get secret token)", "get secret/token in -")]
    public void A_call_is_read_into_what_it_asks_for(string command, string expected) =>
        Assert.Equal(expected, string.Join("; ", Calls(command).SelectMany(call => call.Asked).Select(Told)));

    [Theory]
    [InlineData("kubectl apply -f -", "what the file of kubectl apply names")]
    [InlineData("kubectl proxy", "what kubectl proxy needs")]
    [InlineData("kubectl \"$verb\" pods", "what kubectl is to do")]
    [InlineData("kubectl get \"$kind\"", "what kubectl get names: it is known only when it runs")]
    public void What_cannot_be_told_is_said(string command, string untold) => Assert.Equal(untold, Assert.Single(Calls(command)).Untold);

    private static IEnumerable<(IReadOnlyList<KubectlCall> Asked, string? Untold)> Calls(string command) =>
        CommandReader.Read(command, new Dictionary<string, string> { ["ns"] = "shop" }).Where(words => words is ["kubectl", ..])
            .Select(words => (KubectlCall.Read([.. words.Skip(1)], out var untold), untold));

    private static string Told(KubectlCall call) =>
        $"{call.Verb} {call.Kind}{(call.Name is null ? "" : "/" + call.Name)}{(call.Subresource is null ? "" : "#" + call.Subresource)} in {(call.Namespace is null ? "-" : call.Namespace.Length == 0 ? "all" : call.Namespace)}";
}
