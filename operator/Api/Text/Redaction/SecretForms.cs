using System.Text;
using System.Text.RegularExpressions;

namespace RunbookOperator.Api;

/// <summary>Secrets that can be told by their form alone.</summary>
internal static class SecretForms
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    // Prefixes and lengths are those that the issuers publish, and that gitleaks and trufflehog look for.
    private static readonly string[] Known =
    [
        // Amazon: a key id, with its secret where that follows in the same line
        "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?:[\"',:; \\t]+[A-Za-z0-9/+]{40})?", "(?:IQoJb3JpZ2luX2|FwoGZXIvYXdz)[A-Za-z0-9/+=%]{20,}",
        // GitHub, GitLab
        "gh[opsur]_[A-Za-z0-9_.-]{20,}", "github_pat_[A-Za-z0-9_]{20,}",
        "gl(?:agent|cbt|dt|ffct|ft|imt|oas|pat|ptt|rtr?|soat|wt)-[A-Za-z0-9_.-]{16,}",
        // Slack, Discord: an incoming webhook's address is its credential
        "(?:xoxe\\.)?xox[a-z]-[A-Za-z0-9-]{10,}", "xapp-[0-9]-[A-Za-z0-9-]{10,}", "hooks\\.slack\\.com/[a-z]+/[A-Za-z0-9/_-]+",
        "discord(?:app)?\\.com/api/webhooks/[0-9]+/[A-Za-z0-9_-]+",
        // Google, Azure, Alibaba, Tencent
        "1//0[A-Za-z0-9_-]{30,}", "LTAI[A-Za-z0-9]{16,}", "AKID[A-Za-z0-9]{32}",
        "AIza[A-Za-z0-9_-]{30,}", "ya29\\.[A-Za-z0-9_-]{16,}", "GOCSPX-[A-Za-z0-9_-]{16,}",
        // package registries
        "npm_[A-Za-z0-9]{30,}", "pypi-Ag[A-Za-z0-9_-]{16,}", "dckr_(?:pat|oat)_[A-Za-z0-9_-]{16,}",
        "rubygems_[0-9a-f]{40,}", "oy2[a-z0-9]{43}", "cio[A-Za-z0-9]{32}", "AKCp[A-Za-z0-9]{10,}", "cmVmdGtu[A-Za-z0-9]{20,}",
        // Vault, Grafana, Atlassian, DigitalOcean, Databricks, New Relic, Shopify, Stripe, SendGrid, Hugging Face, age
        "hv[brs]\\.[A-Za-z0-9_-]{20,}", "glsa_[A-Za-z0-9_]{20,}", "glc_[A-Za-z0-9+/=]{20,}",
        "ATATT3[A-Za-z0-9_=-]{20,}", "do[opr]_v1_[0-9a-f]{32,}", "dapi[0-9a-f]{32}", "NRAK-[A-Z0-9]{20,}", "shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
        "whsec_[A-Za-z0-9+/=]{16,}", "SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}", "hf_[A-Za-z]{30,}",
        "AGE-SECRET-KEY-1[A-Z0-9]{50,}",
        // Atlassian, Bitbucket, Linear, Notion, Figma, Airtable, Postman, Typeform, Asana
        "ATCTT3[A-Za-z0-9_=-]{20,}", "ATBB[A-Za-z0-9_=]{20,}", "lin_api_[A-Za-z0-9]{32,}", "(?:secret|ntn)_[A-Za-z0-9]{40,}", "figd_[A-Za-z0-9_-]{20,}", "pat[A-Za-z0-9]{14}\\.[0-9a-f]{64}",
        "PMAK-[0-9a-f]{24}-[0-9a-f]{34}", "tfp_[A-Za-z0-9_.-]{40,}",
        // what runs and watches: Elastic, Dynatrace, Sentry, SonarQube, Doppler, Pulumi, PlanetScale, Supabase, Tailscale, Fly, Netlify, Prefect, Cloudflare, New Relic
        "essu_[A-Za-z0-9+/=]{30,}", "dt0[a-z][0-9]{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}", "sntry[su]_[A-Za-z0-9_=+/-]{40,}", "sq[aup]_[0-9a-f]{40}", "dp\\.(?:pt|st|ct|sa|scim|audit)\\.[A-Za-z0-9_.-]{40,}",
        "pul-[0-9a-f]{40}", "pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.=-]{20,}", "sb[ps]_[A-Za-z0-9_]{30,}", "tskey-[a-z]+-[A-Za-z0-9-]{16,}", "(?:fm|fo)1_[A-Za-z0-9+/=_-]{30,}", "nfp_[A-Za-z0-9]{30,}",
        "pnu_[A-Za-z0-9]{36}", "v1\\.0-[0-9a-f]{24}-[0-9a-f]{100,}", "NR[AIJR][AKR]-[A-Za-z0-9-]{20,}",
        // payments and mail: Square, PayPal, Braintree, Plaid, Shippo, EasyPost, Razorpay, Mailgun, Mailchimp, Brevo, Twilio
        "sq0[a-z]{3}-[A-Za-z0-9_-]{22,}", "EAAA[A-Za-z0-9_-]{60}", "access_token\\$(?:production|sandbox)\\$[0-9a-z]{16}\\$[0-9a-f]{32}", "access-(?:sandbox|development|production)-[0-9a-f]{8}-[0-9a-f-]{27}",
        "shippo_(?:live|test)_[0-9a-f]{40}", "EZ[AT]K[A-Za-z0-9]{54}", "rzp_(?:live|test)_[A-Za-z0-9]{14,}", "key-[0-9a-f]{32}", "xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}", "SK[0-9a-f]{32}",
        // Facebook, wallets
        "EAA[A-Z][A-Za-z0-9]{80,}", "xprv[A-HJ-NP-Za-km-z1-9]{100,}",
        // model providers; a capital tells it from a pod called sk-something
        "sk-[A-Za-z0-9_-]*[A-Z][A-Za-z0-9_-]{15,}", "r8_[A-Za-z0-9]{37}", "gsk_[A-Za-z0-9]{40,}", "pplx-[A-Za-z0-9]{40,}", "xai-[A-Za-z0-9]{60,}",
        // JSON web tokens, signed or encrypted, and the same as base64 in a Secret
        "eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,}(?:\\.[A-Za-z0-9_-]*)*", "ZXlK[A-Za-z0-9+/]{40,}=*",
        // private keys as base64
        $"(?:{string.Join('|', EncodedKeys())})[A-Za-z0-9+/]*=*",
    ];

    // Those that begin with anything, each with what stands in it: Discord, Teams, Azure, Terraform, Mailchimp, Telegram, Stripe.
    private static readonly (string Mark, string Pattern)[] KnownInside =
    [
        (".", "[MNO][A-Za-z0-9_-]{23,25}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,}"),
        (".webhook.office.com/", "[a-z0-9]+\\.webhook\\.office\\.com/webhookb2/[A-Za-z0-9@/_-]+"),
        ("Q~", "[A-Za-z0-9_~.]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}"),
        (".atlasv1.", "[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{50,}"),
        ("-us", "[0-9a-f]{32}-us[0-9]{1,2}"),
        (":AA", "[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"),
        ("k_", "[rs]k_(?:live|test)_[A-Za-z0-9]{10,}"),
    ];

    /// <summary>Credentials with a prefix or a shape of their own.</summary>
    public static readonly MarkedForms Tokens = new(Known.SelectMany(MarkedForms.ByPrefix).Concat(KnownInside));

    /// <summary><c>user:password@</c> in an address; <c>before</c> is all before the password.</summary>
    public static readonly Regex Addresses = new("\\b(?<before>[A-Za-z][A-Za-z0-9+.-]*://[^\\s/:@\"'<>?#]*:)[^\\s/\"'<>?#]+@", Linear);

    /// <summary>Hashes of passwords, as in <c>/etc/shadow</c> and <c>.htpasswd</c>: crypt(5), bcrypt, scrypt, Argon2.</summary>
    public static readonly Regex Hashes = new("\\$(?:1|2[abxy]?|5|6|7|y|gy|apr1|sha1|scrypt|argon2(?:id|i|d))\\$[A-Za-z0-9./,=$+-]{20,}", Linear);

    /// <summary>A line of <c>.pgpass</c>: host, port, database, user and, behind <c>before</c>, the password.</summary>
    public static readonly Regex PasswordFile = new(
        "^(?<before>[ \\t]*(?:[A-Za-z0-9*_-]*\\.[A-Za-z0-9._-]+|localhost|\\*|/[^\\s:]+):(?:[0-9]{4,5}|\\*):[^\\s:/]+:[^\\s:/]+:)[^\\s:]+", Linear);

    /// <summary>The colons of such a line.</summary>
    public const int PasswordFileColons = 4;

    /// <summary>Forms that other things have too, and what tells them apart.</summary>
    public static readonly IReadOnlyList<(Regex Regex, Func<string, Match, bool> Is)> Checked =
    [
        // a bootstrap token of Kubernetes
        (new("\\b[a-z0-9]{6}\\.[a-z0-9]{16}\\b", Linear), static (line, match) => IsMixed(match.ValueSpan[7..], needsCapitals: false) && StandsAlone(line, match)),
        // a token of Vault before 1.10
        (new("\\b[sbr]\\.[A-Za-z0-9]{24}\\b", Linear), static (line, match) => IsMixed(match.ValueSpan[2..], needsCapitals: true) && StandsAlone(line, match)),
        // a personal access token of Azure DevOps: 52 characters of base32
        (new("\\b[a-z2-7]{52}\\b", Linear), static (line, match) => IsMixed(match.ValueSpan, needsCapitals: false) && StandsAlone(line, match)),
    ];

    private static bool IsMixed(ReadOnlySpan<char> text, bool needsCapitals) =>
        text.ContainsAnyInRange('a', 'z') && text.ContainsAnyInRange('0', '9') && (!needsCapitals || text.ContainsAnyInRange('A', 'Z'));

    // Not a part of a longer name or number.
    private static bool StandsAlone(string line, Match match) =>
        (match.Index == 0 || line[match.Index - 1] is not ('.' or '-' or '/' or '@'))
        && (match.Index + match.Length == line.Length || line[match.Index + match.Length] is not ('.' or '-' or '/' or '@'));

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
