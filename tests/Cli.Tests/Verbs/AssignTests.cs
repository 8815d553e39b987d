using RunbookOperator.Api;
using RunbookOperator.Cli.Verbs;

namespace RunbookOperator.Cli.Tests.Verbs;

public sealed class AssignTests
{
    [Theory]
    [InlineData("riley")]
    [InlineData("riley@example.com")]
    public void A_name_without_spaces_is_taken_as_it_is(string person) => Assert.Equal(person, AssignVerb.Checked(person));

    [Theory]
    [InlineData("")]
    [InlineData("riley r")]
    [InlineData("riley\n")]
    [InlineData("\u202eriley")]
    public void What_would_not_stand_in_one_column_is_refused(string person) => Assert.Throws<CliException>(() => AssignVerb.Checked(person));

    [Fact]
    public void A_name_has_a_limit()
    {
        AssignVerb.Checked(new string('a', Limits.Line));
        Assert.Throws<CliException>(() => AssignVerb.Checked(new string('a', Limits.Line + 1)));
    }
}
