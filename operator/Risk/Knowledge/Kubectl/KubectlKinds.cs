using RunbookOperator.Risk.Evaluation;

namespace RunbookOperator.Risk.Knowledge.Kubectl;

/// <summary>Reads the kinds that a command names.</summary>
internal static class KubectlKinds
{
    private static readonly string[] TokenKinds =
    [
        "oauthclient", "oauthclients", "oauthaccesstoken", "oauthaccesstokens", "oauthauthorizetoken", "oauthauthorizetokens", "useroauthaccesstoken", "useroauthaccesstokens",
    ];

    private static readonly string[] AccessKinds =
    [
        "role", "roles", "rolebinding", "rolebindings", "clusterrole", "clusterroles", "clusterrolebinding", "clusterrolebindings",
        "serviceaccount", "serviceaccounts", "sa", "certificatesigningrequest", "certificatesigningrequests", "csr",
        "validatingwebhookconfiguration", "validatingwebhookconfigurations", "mutatingwebhookconfiguration", "mutatingwebhookconfigurations",
        "validatingadmissionpolicy", "validatingadmissionpolicies", "validatingadmissionpolicybinding", "validatingadmissionpolicybindings",
        "apiservice", "apiservices", "networkpolicy", "networkpolicies", "netpol", "podsecuritypolicy", "podsecuritypolicies", "psp",
        "securitycontextconstraints", "scc", "user", "users", "group", "groups", "identity", "identities", "useridentitymapping", "useridentitymappings", "oauth", "oauths",
    ];

    /// <summary>The kinds of a command: the first operand, or each <c>KIND/NAME</c>.</summary>
    public static IEnumerable<Argument> Of(IReadOnlyList<Argument> operands)
    {
        for (var index = 0; index < operands.Count; index++)
        {
            var slash = operands[index].Text.IndexOf('/', StringComparison.Ordinal);
            if (index == 0 || slash >= 0)
            {
                foreach (var kind in (slash < 0 ? operands[index].Text : operands[index].Text[..slash]).Split(','))
                {
                    yield return operands[index] with { Text = Plain(kind) };
                }
            }
        }
    }

    /// <summary>Whether the kind is Secret, in any form, or one of OpenShift whose objects hold tokens.</summary>
    public static bool IsSecret(Argument kind) => kind.Text is "secret" or "secrets" || TokenKinds.Contains(kind.Text);

    /// <summary>Whether the kind decides who may do what.</summary>
    public static bool IsAccess(Argument kind) => AccessKinds.Contains(kind.Text);

    /// <summary>Whether the kind cannot be read.</summary>
    public static bool IsUnknown(Argument kind) => kind.HasMarker || kind.Splits || kind.Globs;

    // `secrets.v1.` and `secrets.v1.core` name the version and group as well.
    private static string Plain(string kind)
    {
        var dot = kind.IndexOf('.', StringComparison.Ordinal);
        var (name, group) = dot < 0 ? (kind, "") : (kind[..dot], kind[(dot + 1)..]);
        name = name.ToLowerInvariant();
        return name is "secret" or "secrets" && !(group is "" or "core" || group.StartsWith("v1", StringComparison.OrdinalIgnoreCase)) ? kind : name;
    }
}
