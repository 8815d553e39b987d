namespace RunbookOperator.Kubernetes;

/// <summary>What to do in place of an <c>auth-provider</c>: Kubernetes removed them one by one.</summary>
internal static class AuthProviders
{
    public static string Explain(string? name) => name switch
    {
        "gcp" => "gcp is gone since Kubernetes 1.26: use exec with gke-gcloud-auth-plugin.",
        "azure" => "azure is gone since Kubernetes 1.26: use exec with kubelogin (kubelogin convert-kubeconfig).",
        "openstack" => "openstack is gone since Kubernetes 1.22: use exec with client-keystone-auth.",
        "oidc" => "oidc is not supported: use exec with kubectl-oidc_login.",
        _ => $"\"{name}\" is not supported: use exec.",
    };
}
