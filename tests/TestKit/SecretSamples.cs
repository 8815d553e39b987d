namespace RunbookOperator.TestKit;

/// <summary>A secret as a program prints it.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Text">The lines.</param>
/// <param name="Canaries">What must not be seen of it anywhere.</param>
public sealed record SecretSample(string Name, string Text, params string[] Canaries);

/// <summary>Secrets of every well-known form. None of them opens anything.</summary>
public static class SecretSamples
{
    // Put together here, so that no scanner takes this file for a leak.
    private static readonly string Mixed = string.Concat(Enumerable.Repeat("aB3dE6gH9jK2", 10));
    private static readonly string Hex = string.Concat(Enumerable.Repeat("0a1b2c3d4e5f6a7b", 16));
    private static readonly string Upper = string.Concat(Enumerable.Repeat("Q7XW2KZJ5MNB", 10));
    private static readonly string Pem = string.Join('\n', "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC", "c2VjcmV0LWxpbmUtb2YtYS1rZXktMDAx", "c2VjcmV0LWxpbmUtb2YtYS1rZXktMDAy");
    private static readonly string[] PemLines = Pem.Split('\n');

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SecretSample> All { get; } = [.. Tokens(), .. Places(), .. Keys()];

    private static SecretSample Token(string name, string secret, string before = "found ") => new(name, before + secret, secret[^12..], secret);

    private static SecretSample Place(string name, string text, string secret) => new(name, text, secret);

    private static IEnumerable<SecretSample> Tokens() =>
    [
        new("AWS access key", $"{"AKIA"}{Upper[..16]} {Mixed[..40]}", Upper[..16], Mixed[..40]),
        Token("AWS session token", "IQoJb3JpZ2luX2Vj" + Mixed),
        Token("GitHub token", "ghp_" + Mixed[..36]),
        Token("GitHub app token", "ghs_" + Mixed[..36]),
        Token("GitHub fine-grained token", "github_pat_" + Mixed[..80]),
        Token("GitLab token", "glpat-" + Mixed[..20]),
        Token("GitLab runner token", "glrt-" + Mixed[..20]),
        Token("Bitbucket password", "ATBB" + Mixed[..32]),
        Token("Slack bot token", "xoxb-123456789012-" + Mixed[..24]),
        Token("Slack app token", "xapp-1-" + Upper[..20]),
        Token("Slack webhook", "T00000000/B00000000/" + Mixed[..24], "https://hooks.slack.com/services/"),
        Token("Teams webhook", Mixed[..40] + "/IncomingWebhook/" + Hex[..32], "https://shop.webhook.office.com/webhookb2/"),
        Token("Discord webhook", Mixed[..68], "https://discord.com/api/webhooks/123456789012345678/"),
        Token("Discord bot token", "MTIzNDU2Nzg5MDEyMzQ1Njc4." + Mixed[..6] + "." + Mixed[..30]),
        Token("Telegram bot token", "123456789:AA" + Mixed[..33]),
        Token("Google API key", "AIza" + Mixed[..35]),
        Token("Google OAuth token", "ya29." + Mixed[..60]),
        Token("Google refresh token", "1//0" + Mixed[..60]),
        Token("Google client secret", "GOCSPX-" + Mixed[..28]),
        Token("Azure client secret", "abc8Q~" + Mixed[..34]),
        Token("Azure DevOps token", string.Concat(Enumerable.Repeat("a2b3c4d5e6f7g", 4))),
        Token("Alibaba access key", "LTAI" + Mixed[..20]),
        Token("npm token", "npm_" + Mixed[..36]),
        Token("PyPI token", "pypi-AgEIcHlwaS5vcmc" + Mixed[..60]),
        Token("RubyGems key", "rubygems_" + Hex[..48]),
        Token("crates.io token", "cio" + Mixed[..32]),
        Token("NuGet key", "oy2" + Hex[..43]),
        Token("Docker Hub token", "dckr_pat_" + Mixed[..27]),
        Token("Vault token", "hvs." + Mixed[..90]),
        Token("older Vault token", "s." + Mixed[..24]),
        Token("Terraform Cloud token", Mixed[..14] + ".atlasv1." + Mixed[..60]),
        Token("Grafana token", "glsa_" + Mixed[..32] + "_0a1b2c3d"),
        Token("Atlassian token", "ATATT3" + Mixed[..60]),
        Token("DigitalOcean token", "dop_v1_" + Hex[..64]),
        Token("Databricks token", "dapi" + Hex[..32]),
        Token("Dynatrace token", "dt0c01." + Upper[..24] + "." + Upper[..64]),
        Token("Sentry token", "sntrys_" + Mixed[..60]),
        Token("Doppler token", "dp.pt." + Mixed[..43]),
        Token("Tailscale key", "tskey-auth-" + Mixed[..30]),
        Token("PlanetScale token", "pscale_tkn_" + Mixed[..43]),
        Token("Linear key", "lin_api_" + Mixed[..40]),
        Token("Notion token", "ntn_" + Mixed[..46]),
        Token("Postman key", "PMAK-" + Hex[..24] + "-" + Hex[..34]),
        Token("New Relic key", "NRAK-" + Upper[..27]),
        Token("Stripe key", "sk_live_" + Mixed[..24]),
        Token("Square token", "sq0atp-" + Mixed[..22]),
        Token("Shopify token", "shpat_" + Hex[..32]),
        Token("SendGrid key", "SG." + Mixed[..22] + "." + Mixed[..43]),
        Token("Mailgun key", "key-" + Hex[..32]),
        Token("Mailchimp key", Hex[..32] + "-us12"),
        Token("Twilio key", "SK" + Hex[..32]),
        Token("OpenAI key", "sk-proj-" + Mixed[..48]),
        Token("Hugging Face token", "hf_" + string.Concat(Enumerable.Repeat("qWertY", 6))),
        Token("JSON web token", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJib2IifQ." + Mixed[..60]),
        Token("age key", "AGE-SECRET-KEY-1" + Upper[..58]),
        Token("Kubernetes bootstrap token", "07401b.f395accd246ae52d"),
        Token("password hash", "$6$saltsalt$" + Mixed[..86], "riley:"),
        Token("bcrypt hash", "$2b$12$" + Mixed[..53], "riley:"),
    ];

    private static IEnumerable<SecretSample> Places() =>
    [
        Place("AWS credentials file", $"aws_secret_access_key = {Mixed[..40]}", Mixed[..40]),
        Place("AWS answer", $"\"SecretAccessKey\": \"{Mixed[..40]}\",", Mixed[..40]),
        Place("Azure storage", $"DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={Mixed[..86]}==;EndpointSuffix=core.windows.net", Mixed[..86]),
        Place("Azure shared access signature", $"https://shop.blob.core.windows.net/c?sv=2024-01-01&sig={Mixed[..43]}%3D", Mixed[..43]),
        Place("presigned address", $"https://shop.s3.amazonaws.com/x?X-Amz-Signature={Hex[..64]}", Hex[..64]),
        Place("basic authentication in an address", "cloning https://riley:correct-horse-battery@git.shop.test/x.git", "correct-horse-battery"),
        Place("database address", "postgres://orders:correct-horse-battery@db:5432/orders", "correct-horse-battery"),
        Place("Redis address", "redis://:correct-horse-battery@cache:6379/0", "correct-horse-battery"),
        Place("JDBC address", "jdbc:mysql://db/orders?user=orders&password=correct-horse-battery", "correct-horse-battery"),
        Place("ODBC connection string", "Server=db;Uid=orders;Pwd=correct-horse-battery;Database=orders", "correct-horse-battery"),
        Place("authorization header", "> Authorization: Bearer correct-horse-battery", "correct-horse-battery"),
        Place("basic authorization header", "curl -H 'Authorization: Basic cmlsZXk6Y29ycmVjdA=='", "cmlsZXk6Y29ycmVjdA"),
        Place("cookie", "< Set-Cookie: session=correct-horse-battery; HttpOnly", "correct-horse-battery"),
        Place("API key header", "X-Api-Key: correct-horse-battery", "correct-horse-battery"),
        Place("Vault header", "X-Vault-Token: correct-horse-battery", "correct-horse-battery"),
        Place("password of a setting", "password=correct-horse-battery", "correct-horse-battery"),
        Place("password in YAML", "spring.datasource.password: correct horse battery", "horse battery"),
        Place("password in JSON", "{\"user\":\"orders\",\"password\":\"correct-horse-battery\"}", "correct-horse-battery"),
        Place("password in quoted JSON", "msg=\"{\\\"password\\\":\\\"correct-horse-battery\\\"}\"", "correct-horse-battery"),
        Place("password of a flag", "mysql --password=correct-horse-battery -h db", "correct-horse-battery"),
        Place("password of MySQL's flag", "mysql -h db -pcorrect-horse-battery orders", "correct-horse-battery"),
        Place("password of sshpass", "sshpass -p correct-horse-battery ssh db", "correct-horse-battery"),
        Place("password of curl", "curl -u riley:correct-horse-battery https://shop.test/", "correct-horse-battery"),
        Place("password in the environment", "PGPASSWORD=correct-horse-battery psql -h db", "correct-horse-battery"),
        Place("password in SQL", "ALTER ROLE orders WITH PASSWORD 'correct-horse-battery';", "correct-horse-battery"),
        Place("Redis configuration", "requirepass correct-horse-battery", "correct-horse-battery"),
        Place(".pgpass", "db.shop.test:5432:orders:orders:correct-horse-battery", "correct-horse-battery"),
        Place(".netrc", "machine git.shop.test login riley password correct-horse-battery", "correct-horse-battery"),
        Place("npm configuration", "//registry.shop.test/:_authToken=correct-horse-battery", "correct-horse-battery"),
        Place("Docker configuration", "{\"auths\":{\"registry.shop.test\":{\"auth\":\"cmlsZXk6Y29ycmVjdA==\"}}}", "cmlsZXk6Y29ycmVjdA"),
        Place("token of a kubeconfig", "    token: correct-horse-battery", "correct-horse-battery"),
        Place("key of a kubeconfig", $"    client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ{Mixed[..60]}", Mixed[..60]),
        Place("Vault's unseal key", $"Unseal Key 1: {Mixed[..44]}", Mixed[..44]),
        Place("token in XML", "<sonar.token>correct-horse-battery</sonar.token>", "correct-horse-battery"),
    ];

    private static IEnumerable<SecretSample> Keys() =>
    [
        new("RSA key", $"-----BEGIN RSA PRIVATE KEY-----\n{Pem}\n-----END RSA PRIVATE KEY-----", PemLines),
        new("OpenSSH key", $"-----BEGIN OPENSSH PRIVATE KEY-----\n{Pem}\n-----END OPENSSH PRIVATE KEY-----", PemLines),
        new("PGP key", $"-----BEGIN PGP PRIVATE KEY BLOCK-----\n{Pem}\n-----END PGP PRIVATE KEY BLOCK-----", PemLines),
        new("PuTTY key", $"PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 3\n{Pem}", PemLines),
        new("key of a Google account", $"\"private_key\": \"-----BEGIN PRIVATE KEY-----\\n{Pem.Replace("\n", "\\n", StringComparison.Ordinal)}\\n-----END PRIVATE KEY-----\\n\",", PemLines),
        new("key as base64", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"-----BEGIN EC PRIVATE KEY-----\n{Pem}")), Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(Pem))[8..60]),
    ];
}
