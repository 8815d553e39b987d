namespace RunbookOperator.Api.Tests;

public sealed class VariablesTests
{
    private static readonly Dictionary<string, string> Values = new() { ["namespace"] = "shop", ["nested"] = "${namespace}" };

    [Theory]
    [InlineData("a")]
    [InlineData("namespace")]
    [InlineData("date")]
    [InlineData("pool_2")]
    public void A_name_is_lower_case_letters_digits_and_underscores(string name) => Assert.True(Variables.IsName(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Namespace")]
    [InlineData("PATH")]
    [InlineData("2nd")]
    [InlineData("_x")]
    [InlineData("a-b")]
    [InlineData("a.b")]
    [InlineData("é")]
    [InlineData("a\n")]
    [InlineData("http_proxy")]
    [InlineData("all_proxy")]
    public void Anything_else_is_no_name(string? name) => Assert.False(Variables.IsName(name));

    [Fact]
    public void A_name_has_at_most_63_characters()
    {
        Assert.True(Variables.IsName(new string('a', 63)));
        Assert.False(Variables.IsName(new string('a', 64)));
    }

    [Theory]
    [InlineData("payments")]
    [InlineData("payment-7d9c.shop:8080")]
    [InlineData("https://shop.example/a%20b")]
    [InlineData("registry/app@sha256:00ff")]
    [InlineData("a,b+c_d")]
    [InlineData("/var/log")]
    [InlineData("50%")]
    public void A_plain_value_may_enter_a_command(string value) => Assert.True(Variables.IsSafeForRun(value));

    [Theory]
    [InlineData("")]
    [InlineData("$(PASSWORD)")]
    [InlineData("${PASSWORD}")]
    [InlineData("$HOME")]
    [InlineData("`id`")]
    [InlineData("-n")]
    [InlineData("--all")]
    [InlineData("../etc")]
    [InlineData("a/../b")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\0")]
    [InlineData("a;b")]
    [InlineData("a|b")]
    [InlineData("a&b")]
    [InlineData("a>b")]
    [InlineData("a*")]
    [InlineData("a?")]
    [InlineData("[a]")]
    [InlineData("{a}")]
    [InlineData("~root")]
    [InlineData("a=b")]
    [InlineData("a#b")]
    [InlineData("a!b")]
    [InlineData("a'b")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("café")]
    [InlineData("ａ")]
    [InlineData("a\u202Eb")]
    [InlineData("٥")]
    public void Any_other_value_may_not(string value) => Assert.False(Variables.IsSafeForRun(value));

    [Fact]
    public void A_value_for_a_command_is_bounded()
    {
        Assert.True(Variables.IsSafeForRun(new string('a', Limits.Value)));
        Assert.False(Variables.IsSafeForRun(new string('a', Limits.Value + 1)));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("${namespace}", "shop")]
    [InlineData("a-${namespace}-${namespace}", "a-shop-shop")]
    [InlineData("${nested}", "${namespace}")]
    [InlineData("$namespace", "$namespace")]
    [InlineData("${NAMESPACE}", "${NAMESPACE}")]
    [InlineData("${a:-b} ${namespace}", "${a:-b} shop")]
    [InlineData("${${namespace}}", "${shop}")]
    [InlineData("open ${namespace", "open ${namespace")]
    public void Names_are_replaced_once(string text, string expected)
    {
        Assert.True(Variables.TryFill(text, Values, out var result));
        Assert.Equal(expected, result);
    }

    [Fact]
    public void A_name_without_a_value_is_named()
    {
        Assert.False(Variables.TryFill("${namespace} ${pool} ${other}", Values, out var missing));
        Assert.Equal("pool", missing);
    }

    [Fact]
    public void The_names_in_a_text_are_found_in_order() => Assert.Equal(["b", "a"], Variables.NamesIn("${b} $c ${a} ${D}"));

    [Theory]
    [InlineData("ok", 10, "ok")]
    [InlineData("a\u001b[31mb\r\n", 10, "a?[31mb??")]
    [InlineData("a\u0085b", 10, "a?b")]
    [InlineData("abcdef", 3, "abc")]
    [InlineData("ab😀", 3, "ab")]
    public void Text_for_people_has_no_control_characters_and_an_end(string text, int maximum, string expected) =>
        Assert.Equal(expected, Variables.Clean(text, maximum));
}
