namespace RunbookOperator.Actions;

/// <summary>The fields of each known kind whose change is bounded and can be taken back. All others are dangerous. Pure.</summary>
internal static class HarmlessFields
{
    // ** stands for the field and all below it.
    private static readonly string[] InTemplate =
    [
        "spec/containers/*/image", "spec/containers/*/imagePullPolicy", "spec/containers/*/resources/**", "spec/initContainers/*/image",
        "spec/initContainers/*/resources/**", "spec/terminationGracePeriodSeconds", "spec/nodeSelector/**", "spec/affinity/**", "spec/tolerations/**",
        "spec/topologySpreadConstraints/**",
        .. from probe in (string[])["livenessProbe", "readinessProbe", "startupProbe"]
           from field in (string[])["initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold", "successThreshold"]
           select $"spec/containers/*/{probe}/{field}",
    ];

    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["deployments.apps"] = ["spec/paused", "spec/minReadySeconds", "spec/progressDeadlineSeconds", "spec/strategy/**", .. Template("spec/template/")],
        ["statefulsets.apps"] = ["spec/minReadySeconds", "spec/updateStrategy/**", .. Template("spec/template/")],
        ["daemonsets.apps"] = ["spec/minReadySeconds", "spec/updateStrategy/**", .. Template("spec/template/")],
        ["cronjobs.batch"] =
        [
            "spec/suspend", "spec/schedule", "spec/timeZone", "spec/concurrencyPolicy", "spec/startingDeadlineSeconds", .. Template("spec/jobTemplate/spec/template/"),
        ],
        ["jobs.batch"] = ["spec/suspend", "spec/backoffLimit"],
        ["horizontalpodautoscalers.autoscaling"] = ["spec/metrics/**", "spec/behavior/**", "spec/targetCPUUtilizationPercentage"],
        ["poddisruptionbudgets.policy"] = ["spec/minAvailable", "spec/maxUnavailable"],
        ["configmaps"] = ["data/*", "binaryData/*"],
        ["services"] = ["spec/selector/*", "spec/sessionAffinity"],
    };

    /// <summary>Whether the field is one of them.</summary>
    public static bool Contain(KindRisk kind, IReadOnlyList<string> path) =>
        Known.GetValueOrDefault(kind.GroupResource, []).Any(pattern => Fits(pattern.Split('/'), path));

    private static IEnumerable<string> Template(string prefix) => InTemplate.Select(pattern => prefix + pattern);

    private static bool Fits(string[] pattern, IReadOnlyList<string> path)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == "**")
            {
                return true;
            }

            if (i >= path.Count || (pattern[i] != "*" && pattern[i] != path[i]))
            {
                return false;
            }
        }

        return pattern.Length == path.Count;
    }
}
