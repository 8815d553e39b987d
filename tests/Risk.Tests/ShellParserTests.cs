using RunbookOperator.Risk.Syntax;

namespace RunbookOperator.Risk.Tests;

/// <summary>The tree of a text.</summary>
public sealed class ShellParserTests
{
    private static ShellNode Only(string text) => Assert.Single(ShellParser.Parse(text).Items).Command;

    private static string[] Words(string text) => [.. Assert.IsType<SimpleCommand>(Only(text)).Words.Select(word => word.Literal ?? "<expands>")];

    [Theory]
    [InlineData("a b  c", "a|b|c")]
    [InlineData("a 'b c' \"d e\" f\\ g", "a|b c|d e|f g")]
    [InlineData("a''b\"\"c", "abc")]
    [InlineData("a '' \"\"", "a||")]
    [InlineData("a $'x\\ty\\x41\\u00e9\\101'", "a|x\ty" + "A\u00e9A")]
    [InlineData("a $\"b\"", "a|b")]
    [InlineData("a \\\n b", "a|b")]
    [InlineData("a b#c # d", "a|b#c")]
    [InlineData("a \"\\$x \\a\"", "a|$x \\a")]
    [InlineData("a $ b", "a|$|b")]
    [InlineData("a $x", "a|<expands>")]
    [InlineData("a 2>b c", "a|c")]
    [InlineData("a b=c", "a|b=c")]
    [InlineData("a if then", "a|if|then")]
    public void Words_are_told_apart_as_the_shell_does(string text, string words) => Assert.Equal(words.Split('|'), Words(text));

    [Theory]
    [InlineData("a; b", typeof(SimpleCommand), typeof(SimpleCommand))]
    [InlineData("a | b", typeof(Pipeline))]
    [InlineData("! a", typeof(Pipeline))]
    [InlineData("(a)", typeof(Grouping))]
    [InlineData("{ a; }", typeof(Grouping))]
    [InlineData("if a; then b; fi", typeof(IfCommand))]
    [InlineData("until a; do b; done", typeof(WhileCommand))]
    [InlineData("for a in b; do c; done", typeof(ForCommand))]
    [InlineData("for a; do c; done", typeof(ForCommand))]
    [InlineData("for ((;;)); do c; done", typeof(ArithmeticForCommand))]
    [InlineData("case a in b|c) d;; (e) f;& g) ;; esac", typeof(CaseCommand))]
    [InlineData("[[ a && ( b < c ) ]]", typeof(ConditionalCommand))]
    [InlineData("((a + 1))", typeof(ArithmeticCommand))]
    [InlineData("f() { a; }", typeof(FunctionDefinition))]
    [InlineData("function f { a; }", typeof(FunctionDefinition))]
    [InlineData("{ a; } > b", typeof(RedirectedCommand))]
    [InlineData("a &", typeof(SimpleCommand))]
    [InlineData("a |", typeof(Pipeline), typeof(ErrorNode))]
    [InlineData("a ) b", typeof(SimpleCommand), typeof(ErrorNode))]
    public void Commands_become_nodes_of_their_kind(string text, params Type[] kinds) =>
        Assert.Equal(kinds, ShellParser.Parse(text).Items.Select(item => item.Command.GetType()));

    [Theory]
    [InlineData("a < b", RedirectionKind.Read)]
    [InlineData("a >| b", RedirectionKind.Write)]
    [InlineData("a &>> b", RedirectionKind.Append)]
    [InlineData("a {x}>> b", RedirectionKind.Append)]
    [InlineData("a <> b", RedirectionKind.ReadWrite)]
    [InlineData("a 2>&1", RedirectionKind.Duplicate)]
    [InlineData("a >&-", RedirectionKind.Duplicate)]
    [InlineData("a >& b", RedirectionKind.Write)]
    [InlineData("a <<< b", RedirectionKind.Text)]
    [InlineData("a <<-X\n\tb\n\tX", RedirectionKind.Text)]
    internal void Redirections_are_told_apart(string text, RedirectionKind kind) =>
        Assert.Equal(kind, Assert.Single(Assert.IsType<SimpleCommand>(Only(text)).Redirections).Kind);

    [Fact]
    public void A_here_document_is_expanded_unless_its_end_is_quoted()
    {
        Assert.Contains(Body("cat <<X\na $(b)\nX"), part => part is SubstitutionPart);
        Assert.Equal("a $(b)\n", Assert.IsType<LiteralPart>(Assert.Single(Body("cat <<'X'\na $(b)\nX"))).Text);
    }

    [Fact]
    public void Commands_behind_a_here_document_are_read() =>
        Assert.Equal(2, ShellParser.Parse("cat <<X | a\nb\nX\nc").Items.Count);

    [Fact]
    public void A_command_behind_and_or_in_the_background_is_conditional() =>
        Assert.Equal([true, false, false, true], ShellParser.Parse("a && b || c; d").Items.Select(item => item.Unconditional));

    [Fact]
    public void An_expansion_keeps_name_and_operator()
    {
        var part = Assert.IsType<VariablePart>(Assert.Single(Assert.IsType<SimpleCommand>(Only("\"${x:-a b}\"")).Words[0].Parts));
        Assert.Equal(("x", ":-", "a b", true), (part.Name, part.Operator, part.Argument!.Literal, part.Quoted));
    }

    [Fact]
    public void An_error_says_where()
    {
        var error = Assert.IsType<ErrorNode>(ShellParser.Parse("a; b \"c").Items[^1].Command);
        Assert.Equal(new TextSpan(5, 2), error.Span);
    }

    private static IReadOnlyList<WordPart> Body(string text) => Assert.Single(Assert.IsType<SimpleCommand>(Only(text)).Redirections).Target.Parts;
}
