using System.Text;
using RunbookOperator.Admission;

namespace RunbookOperator.Operator.Tests.Admission;

public sealed class HmacKeysTests
{
    private static readonly byte[] Old = Enumerable.Repeat((byte)1, 32).ToArray();
    private static readonly byte[] New = Enumerable.Repeat((byte)2, 32).ToArray();
    private static readonly byte[] Data = Encoding.UTF8.GetBytes("what do ya want for nothing?");

    [Fact]
    public void A_mac_is_hmac_sha256_in_hexadecimal()
    {
        // RFC 4231, test case 6: a key of 131 bytes 0xaa.
        var keys = new HmacKeys(Enumerable.Repeat((byte)0xaa, 131).ToArray());

        Assert.Equal(
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            keys.Compute(Encoding.ASCII.GetBytes("Test Using Larger Than Block-Size Key - Hash Key First")));
    }

    [Fact]
    public void What_the_previous_key_sealed_is_still_right()
    {
        var sealedBefore = new HmacKeys(Old).Compute(Data);

        Assert.True(new HmacKeys(New, Old).Verify(Data, sealedBefore));
        Assert.False(new HmacKeys(New).Verify(Data, sealedBefore));
        Assert.NotEqual(sealedBefore, new HmacKeys(New, Old).Compute(Data));
    }

    [Fact]
    public void Any_other_text_is_wrong()
    {
        var keys = new HmacKeys(New, Old);
        var mac = keys.Compute(Data);

        Assert.True(keys.Verify(Data, mac));
        Assert.False(keys.Verify(Data, ""));
        Assert.False(keys.Verify(Data, mac[..^1]));
        Assert.False(keys.Verify(Data, mac + "0"));
        Assert.False(keys.Verify(Data, mac.ToUpperInvariant()));
        Assert.False(keys.Verify(Data, "é" + mac[1..]));
        Assert.False(keys.Verify(Data.AsSpan()[1..], mac));
    }

    [Fact]
    public void A_short_key_is_refused()
    {
        Assert.Throws<InvalidDataException>(() => new HmacKeys(new byte[31]));
        Assert.Throws<InvalidDataException>(() => new HmacKeys(New, new byte[16]));
    }
}
