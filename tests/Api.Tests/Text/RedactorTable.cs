namespace RunbookOperator.Api.Tests.Text;

/// <summary>Text with a secret, and the same without.</summary>
public static class RedactorTable
{
    // Secrets are put together here, so that no scanner takes this file for a leak.
    private static readonly string Random36 = string.Concat(Enumerable.Repeat("aB3dE6gH9", 4));
    private static readonly string Hex32 = string.Concat(Enumerable.Repeat("0a1b2c3d", 4));
    private static readonly string Jwt = "eyJ" + "hbGciOiJSUzI1NiJ9" + ".eyJ" + "zdWIiOiJib2IifQ." + Random36;

    /// <summary>Secrets told by their form.</summary>
    public static TheoryData<string, string> Forms => new()
    {
        { $"found {"AKIA"}IOSFODNN7EXAMPLE here", "found [redacted] here" },
        { $"{"ASIA"}IOSFODNN7EXAMPLE,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "[redacted]" },
        { "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_secret_access_key = [redacted]" },
        { "\"SecretAccessKey\": \"wJalrXUtnFEMI/K7MDENG\",", "\"SecretAccessKey\": \"[redacted]\"," },
        { $"using ghp_{Random36}", "using [redacted]" },
        { $"using ghs_{Random36}.", "using [redacted]" },
        { $"github_pat_{Random36}", "[redacted]" },
        { $"glpat-{Random36}", "[redacted]" },
        { $"xox{"b"}-123456789012-{Random36}", "[redacted]" },
        { $"https://hooks.slack.com/services/T00000000/B00000000/{Random36}", "https://[redacted]" },
        { $"https://discord.com/api/webhooks/1234/{Random36}", "https://[redacted]" },
        { $"AIza{Random36}", "[redacted]" },
        { $"ya29.{Random36}", "[redacted]" },
        { $"GOCSPX-{Random36}", "[redacted]" },
        { $"abc8Q~{Random36[..32]}", "[redacted]" },
        { $"//registry.npmjs.org/:_authToken=npm_{Random36}", "//registry.npmjs.org/:_authToken=[redacted]" },
        { $"npm_{Random36}", "[redacted]" },
        { $"pypi-AgEIcHlwaS5vcmc{Random36}", "[redacted]" },
        { $"dckr_pat_{Random36}", "[redacted]" },
        { $"hvs.{Random36}", "[redacted]" },
        { $"{Random36[..14]}.atlasv1.{Random36}{Random36}", "[redacted]" },
        { $"glsa_{Hex32}_0a1b2c3d", "[redacted]" },
        { $"ATATT3{Random36}", "[redacted]" },
        { $"dop_v1_{Hex32}{Hex32}", "[redacted]" },
        { $"sk_live_{Random36}", "[redacted]" },
        { $"SG.{Random36[..22]}.{Random36}", "[redacted]" },
        { $"sk-proj-{Random36}", "[redacted]" },
        { $"12345678:AA{Random36[..33]}", "[redacted]" },
        { $"hf_{new string('q', 34)}", "[redacted]" },
        { Jwt, "[redacted]" },
        { $"{Jwt}.{Random36}.{Random36}", "[redacted]" },
        { "ZXlK" + Random36 + Random36 + "==", "[redacted]" },
        { "key: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ" + Random36, "key: [redacted]" },
        { "07401b.f395accd246ae52d", "[redacted]" },
        { "kubeadm join --token 07401b.f395accd246ae52d 10.0.0.1:6443", "kubeadm join --token [redacted] 10.0.0.1:6443" },
    };

    /// <summary>Secrets told by where they stand.</summary>
    public static TheoryData<string, string> Places => new()
    {
        { "Authorization: Bearer abc", "Authorization: Bearer [redacted]" },
        { "curl -H 'Authorization: Basic dXNlcjpwYXNz' https://host/", "curl -H 'Authorization: Basic [redacted]' https://host/" },
        { "{\"authorization\": \"token abc def\"}", "{\"authorization\": \"token [redacted]\"}" },
        { "Set-Cookie: session=abc; HttpOnly", "Set-Cookie: [redacted]" },
        { "X-Api-Key: abc", "X-Api-Key: [redacted]" },
        { "sent bearer 0123456789abcdef0123", "sent bearer [redacted]" },
        { "postgres://orders:hunter2@db:5432/orders", "postgres://orders:[redacted]@db:5432/orders" },
        { "redis://:p@ss@cache:6379", "redis://:[redacted]@cache:6379" },
        { "password=hunter2", "password=[redacted]" },
        { "DB_PASSWORD=hunter2 ./run", "DB_PASSWORD=[redacted] ./run" },
        { "MYSQL_PWD='two words' mysql", "MYSQL_PWD='[redacted]' mysql" },
        { "spring.datasource.password: two words # why", "spring.datasource.password: [redacted]" },
        { "  - clientSecret: \"a \\\" b\"  # why", "  - clientSecret: \"[redacted]\"  # why" },
        { "{\"user\":\"bob\",\"password\":\"hunter2\",\"x\":1}", "{\"user\":\"bob\",\"password\":\"[redacted]\",\"x\":1}" },
        { "msg=\"{\\\"password\\\":\\\"hunter2\\\",\\\"x\\\":1}\"", "msg=\"{\\\"password\\\":\\\"[redacted]\\\",\\\"x\\\":1}\"" },
        { "{\"pinToken\":1234,\"x\":1}", "{\"pinToken\":[redacted],\"x\":1}" },
        { "GET /login?token=abc&user=bob", "GET /login?token=[redacted]&user=bob" },
        { "Server=db;Password=a;b;Database=x", "Server=db;Password=[redacted];Database=x" },
        { "DefaultEndpointsProtocol=https;AccountKey=abc==;EndpointSuffix=x", "DefaultEndpointsProtocol=https;AccountKey=[redacted];EndpointSuffix=x" },
        { "https://a.blob.core.windows.net/c?sv=1&sig=abc%3D", "https://a.blob.core.windows.net/c?sv=1&sig=[redacted]" },
        { "login failed, user bob, password: hunter2, retrying", "login failed, user bob, password: [redacted], retrying" },
        { "tool --api-key abc --verbose", "tool --api-key [redacted] --verbose" },
        { "curl -s -u bob:hunter2 https://host/", "curl -s -u bob:[redacted] https://host/" },
        { "CREATE USER bob IDENTIFIED BY 'hunter2';", "CREATE USER bob IDENTIFIED BY '[redacted]';" },
        { "ALTER ROLE bob WITH PASSWORD 'hunter2';", "ALTER ROLE bob WITH PASSWORD '[redacted]';" },
        { "machine host login bob password hunter2", "machine host login bob password [redacted]" },
        { "<db:password>hunter2</db:password>", "<db:password>[redacted]</db:password>" },
        { "{\"auths\":{\"host\":{\"auth\":\"dXNlcjpwYXNz\"}}}", "{\"auths\":{\"host\":{\"auth\":\"[redacted]\"}}}" },
        { "client-key-data: LS0tLS1C", "client-key-data: [redacted]" },
        { "password: $2b$12$abcdefghijkl", "password: [redacted]" },
        { "password=\"never closed", "password=\"[redacted]" },
        { "key -----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY----- end", "key [redacted] end" },
        { "a\n-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\nbnNz\n-----END OPENSSH PRIVATE KEY-----\nz", "a\n[redacted]\nz" },
        { "k: |\n  -----BEGIN PGP PRIVATE KEY BLOCK-----\n  lQ\n  -----END PGP PRIVATE KEY BLOCK-----\nz", "k: |\n  [redacted]\nz" },
        { "cut: -----BEGIN PRIVATE KEY-----\nMIIE", "cut: [redacted]" },
    };
}
