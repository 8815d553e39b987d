using System.Text.RegularExpressions;
using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Kubectl;

/// <summary>Paths of <c>kubectl get --raw</c>: those of the API server itself and of plain kinds are known, all others are dangerous.</summary>
internal static partial class KubectlRawPaths
{
    /// <summary>Judges asking for <paramref name="path"/>.</summary>
    public static void Judge(Argument path, Findings findings)
    {
        var text = path.Text;
        var known = !path.HasMarker && !path.Splits && !text.Contains("..", StringComparison.Ordinal);
        if (known && Kubelet().IsMatch(text))
        {
            findings.Add("kubectl.raw-kubelet", path);
        }
        else if (!known || !(Server().IsMatch(text) || Figures().IsMatch(text) || CoreKinds().IsMatch(text) || OtherKinds().IsMatch(text)))
        {
            findings.Add(text.Contains("secret", StringComparison.OrdinalIgnoreCase) ? "kubectl.secret-read" : "kubectl.raw", path);
        }
    }

    // Health, figures, versions and what can be discovered.
    [GeneratedRegex("""\A/((readyz|livez|healthz)(/[a-z0-9/-]*)?(\?verbose|\?exclude=[a-z-]+)?|(version|metrics|metrics/slis|openapi/v[23]|openid/v1/jwks|\.well-known/openid-configuration)/?|api(/v1)?/?|apis(/[a-z0-9.-]+(/v[0-9a-z]+)?)?/?)\z""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Server();

    [GeneratedRegex("""\A/apis/(metrics|custom\.metrics|external\.metrics)\.k8s\.io/[a-zA-Z0-9/.*_-]*(\?(labelSelector|metricLabelSelector)=[a-zA-Z0-9=%.,_-]*)?\z""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Figures();

    // No subresource but `status` and `log`: a proxy reaches into pods, services and nodes.
    [GeneratedRegex("""\A/api/v1/((nodes|namespaces|persistentvolumes|componentstatuses)(/[a-z0-9.-]+(/status)?)?|(namespaces/[a-z0-9-]+/)?(pods|services|endpoints|events|replicationcontrollers|resourcequotas|limitranges|persistentvolumeclaims|serviceaccounts)|namespaces/[a-z0-9-]+/(pods|services|endpoints|events|resourcequotas|persistentvolumeclaims)/[a-z0-9.-]+(/status)?|namespaces/[a-z0-9-]+/pods/[a-z0-9.-]+/log)(\?(limit|labelSelector|fieldSelector|container|tailLines|previous)=[a-zA-Z0-9=%.,_-]*(&(limit|labelSelector|fieldSelector|container|tailLines|previous)=[a-zA-Z0-9=%.,_-]*)*)?\z""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CoreKinds();

    [GeneratedRegex("""\A/apis/((apps|batch|autoscaling|policy|networking\.k8s\.io|storage\.k8s\.io|scheduling\.k8s\.io|coordination\.k8s\.io|discovery\.k8s\.io|events\.k8s\.io|flowcontrol\.apiserver\.k8s\.io|apiregistration\.k8s\.io|apiextensions\.k8s\.io)/v[0-9a-z]+)/(namespaces/[a-z0-9-]+/)?[a-z]+(/[a-z0-9.-]+(/(status|scale))?)?\z""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OtherKinds();

    // The kubelet's own figures, health and settings; its logs and whatever runs something are not among them.
    [GeneratedRegex("""\A/api/v1/nodes/[a-z0-9.-]+/proxy/(stats/summary|metrics(/cadvisor|/resource|/probes)?|healthz|configz)(\?[a-zA-Z0-9_=&]*)?\z""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Kubelet();
}
