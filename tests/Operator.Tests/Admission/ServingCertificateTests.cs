using System.Security.Cryptography.X509Certificates;
using RunbookOperator.Admission;

namespace RunbookOperator.Operator.Tests.Admission;

public sealed class ServingCertificateTests
{
    private static readonly string[] ServerNames = ["runbook-operator.runbooks.svc", "10.99.0.1"];

    private static readonly ServingCertificate Certificate = Create(Requests.Now);

    [Fact]
    public void It_is_for_its_names_and_trusted_by_its_authority()
    {
        using var certificate = Certificate.Load();

        Assert.True(certificate.HasPrivateKey);
        Assert.True(certificate.MatchesHostname("runbook-operator.runbooks.svc"));
        Assert.True(certificate.MatchesHostname("10.99.0.1"));
        Assert.False(certificate.MatchesHostname("runbook-operator.other.svc"));
        Assert.True(IsTrusted(certificate, Certificate));
        Assert.False(IsTrusted(certificate, Create(Requests.Now)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(200, false)]
    [InlineData(243, false)]
    [InlineData(244, true)]
    [InlineData(364, true)]
    [InlineData(400, true)]
    public void It_is_renewed_when_less_than_a_third_of_its_life_is_left(int days, bool renewed) =>
        Assert.Equal(renewed, Certificate.NeedsRenewal(ServerNames, Requests.Now.AddDays(days)));

    [Fact]
    public void It_is_renewed_for_another_name()
    {
        Assert.False(Certificate.NeedsRenewal(["10.99.0.1"], Requests.Now));
        Assert.True(Certificate.NeedsRenewal([.. ServerNames, "127.0.0.1"], Requests.Now));
    }

    [Fact]
    public void While_it_is_renewed_both_old_and_new_are_trusted()
    {
        var renewed = Certificate.Renew(ServerNames, Requests.Now.AddDays(250), Random);
        using var before = Certificate.Load();
        using var after = renewed.Load();

        Assert.True(IsTrusted(before, renewed));
        Assert.True(IsTrusted(after, renewed));
    }

    [Fact]
    public void The_authorities_do_not_pile_up()
    {
        var third = Certificate.Renew(ServerNames, Requests.Now.AddDays(250), Random).Renew(ServerNames, Requests.Now.AddDays(300), Random);
        var late = Certificate.Renew(ServerNames, Requests.Now.AddDays(500), Random);

        Assert.Equal(2, Authorities(third).Count);
        Assert.Single(Authorities(late));
    }

    [Fact]
    public void What_cannot_be_read_is_known()
    {
        Assert.True(Certificate.IsReadable);
        Assert.False((Certificate with { Key = Create(Requests.Now).Key }).IsReadable);
        Assert.False((Certificate with { Certificate = "none" }).IsReadable);
        Assert.DoesNotContain("PRIVATE", Certificate.ToString(), StringComparison.Ordinal);
    }

    private static bool IsTrusted(X509Certificate2 certificate, ServingCertificate by)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = Requests.Now.AddDays(1).LocalDateTime;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        chain.ChainPolicy.CustomTrustStore.AddRange(Authorities(by));
        return chain.Build(certificate);
    }

    private static X509Certificate2Collection Authorities(ServingCertificate certificate)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(certificate.Authorities);
        return authorities;
    }

    private static ServingCertificate Create(DateTimeOffset now) => ServingCertificate.Create(ServerNames, now, Random);

    private static byte[] Random(int length) => [.. Enumerable.Repeat((byte)0xff, length)];
}
