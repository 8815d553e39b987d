using System.Text;
using System.Text.RegularExpressions;

namespace RunbookOperator.Api;

/// <summary>Secrets that can be told by their form alone.</summary>
internal static class SecretForms
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly string[] Known =
    [
        // Amazon: a key id, with its secret where that follows in the same line
        "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?:[\"',:; \\t]+[A-Za-z0-9/+]{40})?",
        // GitHub, GitLab
        "gh[opsur]_[A-Za-z0-9_.-]{20,}", "github_pat_[A-Za-z0-9_]{20,}",
        "gl(?:agent|cbt|dt|ffct|ft|imt|oas|pat|ptt|rtr?|soat|wt)-[A-Za-z0-9_.-]{16,}",
        // Slack, Discord: an incoming webhook's address is its credential
        "xox[a-z]-[A-Za-z0-9-]{10,}", "xapp-[0-9]-[A-Za-z0-9-]{10,}", "hooks\\.slack\\.com/[a-z]+/[A-Za-z0-9/_-]+",
        "discord(?:app)?\\.com/api/webhooks/[0-9]+/[A-Za-z0-9_-]+",
        // Google, Azure
        "AIza[A-Za-z0-9_-]{30,}", "ya29\\.[A-Za-z0-9_-]{16,}", "GOCSPX-[A-Za-z0-9_-]{16,}", "[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}",
        // package registries
        "npm_[A-Za-z0-9]{30,}", "pypi-Ag[A-Za-z0-9_-]{16,}", "dckr_(?:pat|oat)_[A-Za-z0-9_-]{16,}",
        // Vault, Terraform, Grafana, Atlassian, DigitalOcean, Databricks, New Relic, Shopify, Stripe, SendGrid, Hugging Face, Telegram, age
        "hv[brs]\\.[A-Za-z0-9_-]{20,}", "[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{50,}", "glsa_[A-Za-z0-9_]{20,}", "glc_[A-Za-z0-9+/=]{20,}",
        "ATATT3[A-Za-z0-9_=-]{20,}", "do[opr]_v1_[0-9a-f]{32,}", "dapi[0-9a-f]{32}", "NRAK-[A-Z0-9]{20,}", "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
        "[rs]k_(?:live|test)_[A-Za-z0-9]{10,}", "whsec_[A-Za-z0-9+/=]{16,}", "SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}", "hf_[A-Za-z]{30,}",
        "[0-9]{8,10}:AA[A-Za-z0-9_-]{33}", "AGE-SECRET-KEY-1[A-Z0-9]{50,}",
        // model providers; a capital tells it from a pod called sk-something
        "sk-[A-Za-z0-9_-]*[A-Z][A-Za-z0-9_-]{15,}",
        // JSON web tokens, signed or encrypted, and the same as base64 in a Secret
        "eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*)*", "ZXlK[A-Za-z0-9+/]{40,}=*",
        // private keys as base64
        $"(?:{string.Join('|', EncodedKeys())})[A-Za-z0-9+/]*=*",
    ];

    /// <summary>Credentials with a prefix or a shape of their own.</summary>
    public static readonly Regex Tokens = new($"\\b(?:{string.Join('|', Known)})", Linear);

    /// <summary><c>user:password@</c> in an address; <c>before</c> is all before the password.</summary>
    public static readonly Regex Addresses = new("\\b(?<before>[A-Za-z][A-Za-z0-9+.-]*://[^\\s/:@\"'<>?#]*:)[^\\s/\"'<>?#]+@", Linear);

    /// <summary>What may be a bootstrap token of Kubernetes.</summary>
    public static readonly Regex BootstrapTokens = new("\\b[a-z0-9]{6}\\.[a-z0-9]{16}\\b", Linear);

    /// <summary>Whether it is one: both letters and digits, and not a part of a longer name or number.</summary>
    public static bool IsBootstrapToken(string line, Match match)
    {
        var secret = match.ValueSpan[7..];
        return secret.ContainsAnyInRange('a', 'z') && secret.ContainsAnyInRange('0', '9')
            && (match.Index == 0 || line[match.Index - 1] is not ('.' or '-' or '/' or '@'))
            && (match.Index + match.Length == line.Length || line[match.Index + match.Length] is not ('.' or '-' or '/' or '@'));
    }

    // Base64 of the first bytes of a PEM file, as far as they fill whole groups of three.
    private static IEnumerable<string> EncodedKeys()
    {
        foreach (var label in (string[])["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PGP PRIVATE"])
        {
            var bytes = Encoding.ASCII.GetBytes("-----BEGIN " + label);
            yield return Regex.Escape(Convert.ToBase64String(bytes, 0, bytes.Length / 3 * 3));
        }
    }
}
