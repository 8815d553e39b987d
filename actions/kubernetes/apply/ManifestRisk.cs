using RunbookOperator.Risk;

namespace RunbookOperator.Actions;

/// <summary>How risky it is to apply a manifest. Pure. What cannot be decided is dangerous.</summary>
internal static class ManifestRisk
{
    /// <summary>The risk and the reasons, the gravest first.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="force">Whether fields are taken over from others, or may be.</param>
    public static RiskFinding Of(Manifest manifest, bool force)
    {
        List<string> grave = [.. OfKind(manifest), .. OfService(manifest), .. PodDanger.In(manifest.Value)];
        if (force)
        {
            grave.Add("takes over fields that somebody else sets");
        }

        const string Changes = "makes the object, or changes it to what the manifest says";
        return grave.Count > 0 ? new RiskFinding(RiskLevel.Dangerous, [.. grave, Changes]) : RiskFinding.Caution(Changes);
    }

    private static IEnumerable<string> OfKind(Manifest manifest)
    {
        var kind = manifest.IsKindOpen ? KindRisk.Open : KindRisk.Named(manifest.Kind, manifest.ApiVersion);
        return kind.Weight switch
        {
            KindWeight.Known => [],
            KindWeight.Unknown => [$"what the fields of a {kind.Kind} do is not known"],
            _ => [kind.Why],
        };
    }

    private static IEnumerable<string> OfService(Manifest manifest)
    {
        var spec = manifest.Value["spec"];
        var exposed = manifest.Kind == "Service" && (spec.Text("type") is not (null or "ClusterIP") || spec.At("externalIPs") is not null);
        return exposed ? ["it can be reached from outside the cluster"] : [];
    }
}
