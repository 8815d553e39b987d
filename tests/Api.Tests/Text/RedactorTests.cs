namespace RunbookOperator.Api.Tests.Text;

public sealed class RedactorTests
{
    private static readonly Redactor Redactor = new();

    [Theory]
    [MemberData(nameof(RedactorTable.Forms), MemberType = typeof(RedactorTable))]
    [MemberData(nameof(RedactorTable.Places), MemberType = typeof(RedactorTable))]
    public void A_secret_is_replaced_and_what_surrounds_it_stays(string text, string expected)
    {
        Assert.Equal(expected, Redactor.Redact(text));
        Assert.True(Redactor.WouldChange(text));
        Assert.Equal(expected, Redactor.Redact(expected));
    }

    [Theory]
    [InlineData("commit 7aea55c1f0b7a4a3f1cbe3e5b9a3c0a6f7d8e9b0")]
    [InlineData("main@sha1:7aea55c1f0b7a4a3f1cbe3e5b9a3c0a6f7d8e9b0")]
    [InlineData("uid 0c6f6a3e-0d43-4f6b-9d0a-7c3c9a1b2d3e")]
    [InlineData("registry.test/web@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("registry.test:5000/team/web:1.8.2-alpine")]
    [InlineData("web-6d4b75cb6d-x7k2p   1/1   Running   0   12d")]
    [InlineData("sk-web-6d4b75cb6d-x7k2p   1/1   Running")]
    [InlineData("pypi-mirror-6d4b75cb6d-x7k2p   1/1   Running")]
    [InlineData("secret/web-tls created")]
    [InlineData("secrets \"db-password\" is forbidden: User \"bob\" cannot get resource \"secrets\"")]
    [InlineData("MountVolume.SetUp failed for volume \"tls\" : secret \"web-tls\" not found")]
    [InlineData("secretName: web-tls")]
    [InlineData("secretKeyRef: {name: db, key: password}")]
    [InlineData("imagePullSecrets:")]
    [InlineData("automountServiceAccountToken: false")]
    [InlineData("prompt_tokens: 12, completion_tokens=7")]
    [InlineData("password: ${DB_PASSWORD}")]
    [InlineData("password=$DB_PASSWORD")]
    [InlineData("--from-literal=password=\"$(cat file)\"")]
    [InlineData("password: null")]
    [InlineData("password: \"\"")]
    [InlineData("token=****")]
    [InlineData("the password is wrong")]
    [InlineData("PWD=/home/app OLDPWD=/")]
    [InlineData("postgres://db.shop.svc:5432/orders")]
    [InlineData("https://host:8443/img@2x.png?a=b@c")]
    [InlineData("git@github.com:shop/runbooks.git")]
    [InlineData("10.0.0.1:6443 [::1]:8080 node01.eu-west-1.compute.internal")]
    [InlineData("2026-01-02T03:04:05.123456Z level=info took=1.234567890123456s")]
    [InlineData("123456.1234567890123456 abcdef.abcdefghijklmnop.example")]
    [InlineData("partition key: id, primary_key=7, sort key 3")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ bob@host")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n")]
    [InlineData("apiVersion: runbooks.dev/v1alpha1\r\nkind: Runbook\r\n")]
    [InlineData("")]
    public void What_is_no_secret_stays(string text)
    {
        Assert.Equal(text, Redactor.Redact(text));
        Assert.False(Redactor.WouldChange(text));
    }

    [Fact]
    public void A_known_secret_is_found_in_every_form()
    {
        var redactor = new Redactor(["hünter \"2\"", "abc"]);
        Assert.Equal("a [redacted] b", redactor.Redact("a hünter \"2\" b"));
        Assert.Equal("{\"a\":\"[redacted]\"}", redactor.Redact("{\"a\":\"h\\u00FCnter \\u00222\\u0022\"}"));
        Assert.Equal("{\"a\":\"[redacted]\"}", redactor.Redact("{\"a\":\"hünter \\\"2\\\"\"}"));
        Assert.Equal("?q=[redacted]", redactor.Redact("?q=h%C3%BCnter%20%222%22"));
        Assert.Equal("[redacted]", redactor.Redact(Convert.ToBase64String("hünter \"2\""u8).TrimEnd('=')));
        Assert.Equal("abc is too short", redactor.Redact("abc is too short"));
    }

    [Fact]
    public void A_known_secret_of_several_lines_is_found_line_by_line() =>
        Assert.Equal("a\n[redacted]\nb", new Redactor(["0123456789\nshort\n"]).Redact("a\n0123456789\nb"));

    [Fact]
    public void A_value_that_was_redacted_before_would_change() => Assert.True(Redactor.WouldChange("id [redacted]"));

    [Theory]
    [MemberData(nameof(RedactorTable.Forms), MemberType = typeof(RedactorTable))]
    [MemberData(nameof(RedactorTable.Places), MemberType = typeof(RedactorTable))]
    public void A_stream_is_redacted_as_the_whole_text_is(string text, string expected)
    {
        var lines = Redactor.Lines();
        Assert.Equal(expected, string.Join('\n', text.Split('\n').Select(lines.Redact).Where(line => line is not null)));
    }

    [Fact]
    public void A_private_key_without_an_end_takes_a_bounded_number_of_lines()
    {
        var lines = Redactor.Lines();
        Assert.Equal("[redacted]", lines.Redact("-----BEGIN PRIVATE KEY-----"));
        for (var i = 0; i < LineRedactor.MaximumKeyLines; i++)
        {
            Assert.Null(lines.Redact("MIIE"));
        }

        Assert.Equal("MIIE", lines.Redact("MIIE"));
    }

    [Theory]
    [InlineData("token={")]
    [InlineData("token=[")]
    [InlineData("token=$A,")]
    [InlineData("token=*")]
    [InlineData("token=\"$(")]
    [InlineData("token=\\\"")]
    [InlineData("token=a,b;")]
    [InlineData("password: true ")]
    [InlineData("token")]
    [InlineData("a;a,a&")]
    [InlineData("x://y:")]
    [InlineData("curl -u ")]
    [InlineData("eyJabcdefgh.")]
    [InlineData("Authorization: \"\"")]
    [InlineData("-----BEGIN ")]
    [InlineData("-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----")]
    [InlineData(" ")]
    public void Time_grows_with_the_length_and_no_faster(string part)
    {
        var time = TimeProvider.System;
        var text = new string(' ', 200_000) + string.Concat(Enumerable.Repeat(part, 2_000_000 / part.Length));
        var start = time.GetTimestamp();
        Redactor.Redact(text);
        // About a tenth of a second; a quadratic one takes hours.
        Assert.InRange(time.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }
}
