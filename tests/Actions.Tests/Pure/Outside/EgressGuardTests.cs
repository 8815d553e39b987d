using System.Net;

namespace RunbookOperator.Actions.Tests;

public sealed class EgressGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("169.254.169.254")]
    [InlineData("169.254.170.2")]
    [InlineData("fe80::1")]
    [InlineData("fe80::a9fe:a9fe%2")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001:0:1::1")]
    [InlineData("10.96.0.1")]
    [InlineData("::ffff:10.96.0.1")]
    public void An_address_that_leads_inside_is_refused(string address) =>
        Assert.NotNull(EgressGuard.Refusal(IPAddress.Parse(address), new EgressOptions(), [IPAddress.Parse("10.96.0.1")]));

    [Theory]
    [InlineData("10.96.0.2")]
    [InlineData("192.168.1.1")]
    [InlineData("203.0.113.7")]
    [InlineData("2001:db8::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("::ffff:203.0.113.7")]
    public void Any_other_address_may_be_asked(string address) =>
        Assert.Null(EgressGuard.Refusal(IPAddress.Parse(address), new EgressOptions(), [IPAddress.Parse("10.96.0.1")]));

    [Fact]
    public void What_the_settings_allow_may_be_asked_whatever_else_says_no()
    {
        Assert.True(EgressOptions.TryReadRanges("127.0.0.0/8, 10.96.0.1", out var allow));
        Assert.True(EgressOptions.TryReadRanges("0.0.0.0/0,::/0", out var deny));
        var options = new EgressOptions { Allow = allow, Deny = deny };

        Assert.Null(EgressGuard.Refusal(IPAddress.Loopback, options, []));
        Assert.Null(EgressGuard.Refusal(IPAddress.Parse("::ffff:127.0.0.1"), options, []));
        Assert.Null(EgressGuard.Refusal(IPAddress.Parse("10.96.0.1"), options, [IPAddress.Parse("10.96.0.1")]));
        Assert.Equal("in a range that the operator's settings refuse", EgressGuard.Refusal(IPAddress.Parse("203.0.113.7"), options, []));
        Assert.NotNull(EgressGuard.Refusal(IPAddress.Parse("2001:db8::1"), options, []));
    }

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("example.com")]
    [InlineData("10.0.0.0/8;10.1.0.0/16")]
    public void Ranges_that_are_none_are_told(string text) => Assert.False(EgressOptions.TryReadRanges(text, out _));
}
