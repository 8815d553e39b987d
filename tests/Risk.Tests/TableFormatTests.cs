using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Tests;

/// <summary>What can be said in a table, and what a slip in one leads to.</summary>
public sealed class TableFormatTests
{
    private static VerbSpec Read(string text, string program = "x") => ProgramSpec.Read(new TableIndex([("Tables/t.yaml", text)]), program)!.Root;

    [Theory]
    [InlineData("program: x\nrule: a.b\nfrob: 1\n", "Tables/t.yaml:3: unknown key `frob`")]
    [InlineData("program: x\nrule: a.b\nstyle: odd\n", "Tables/t.yaml:3: there is no style `odd`")]
    [InlineData("program: x\noperands: path\n", "Tables/t.yaml:2: there is no role `path`")]
    [InlineData("program: x\non:\n  --a: a.b\n", "Tables/t.yaml:3: `--a` is not declared")]
    [InlineData("program: x\nverbs:\n  a b: c.d\n  a:\n    verbs:\n      b: c.d\n", "Tables/t.yaml:6: the verb `b` stands twice")]
    [InlineData("program: x\nverbs:\n  a: {as: b, rule: c.d}\n", "Tables/t.yaml:3: what is another name, `as`, says nothing else")]
    [InlineData("program: x\nverbs:\n  a: {as: h}\n", "Tables/t.yaml:3: there is no verb `h`")]
    [InlineData("program: x\nverbs:\n  a: {as: a}\n", "Tables/t.yaml:3: `a` leads back to where it stands")]
    [InlineData("program: x\nverbs:\n  a: {as: b}\n  b: {as: a}\n", "Tables/t.yaml:4: `a` leads back to where it stands")]
    [InlineData("program: x\nverbs:\n  a b: {as: a b}\n", "Tables/t.yaml:3: `a b` leads back to where it stands")]
    [InlineData("program: x\nflags: --a\nflags: --b\n", "Tables/t.yaml:3: `flags` stands twice")]
    [InlineData("program: x\nuse: [y]\n", "Tables/t.yaml:1: there is no set `y`")]
    [InlineData("program: x\nlike: y\n", "Tables/t.yaml:1: there is no program `y`")]
    [InlineData("program: x\nrule: a.b\n---\nprogram: x\nrule: a.b\n", "Tables/t.yaml:4: `x` is described twice; what only adds to it says `adds: true`")]
    public void A_slip_is_an_error_with_its_place(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Read(text)).Message);

    [Fact]
    public void Verbs_nest_in_paths_and_in_maps_and_go_by_several_names()
    {
        var root = Read("program: x\nverbs:\n  a b|c: d.e\n  a:\n    verbs:\n      f: d.e\n");
        Assert.Equal("a b", root.Child("a")!.Child("c")!.Path);
        Assert.Equal("a f", root.Child("a")!.Child("f")!.Path);
        Assert.Null(root.Child("b"));
    }

    [Fact]
    public void A_verb_may_be_another_name_of_one_elsewhere()
    {
        var root = Read("program: x\nverbs:\n  a b: {rule: d.e, flags: --f}\n  c b: {as: a b}\n  g: {as: c b}\n");
        Assert.Same(root.Child("a")!.Child("b"), root.Child("c")!.Child("b"));
        Assert.Same(root.Child("a")!.Child("b"), root.Child("g"));
    }

    [Fact]
    public void The_longest_pattern_wins_and_a_name_before_any()
    {
        var root = Read("program: x\nverbs:\n  get-*: a.read\n  get-secret-*: a.secret\n  get-secret-names: a.names\n");
        Assert.Equal(["a.read"], root.Child("get-x")!.Rules);
        Assert.Equal(["a.secret"], root.Child("get-secret-value")!.Rules);
        Assert.Equal(["a.names"], root.Child("get-secret-names")!.Rules);
        Assert.Null(root.Child("put-x"));
    }

    [Fact]
    public void A_program_may_be_like_another()
    {
        var root = Read("program: x\nlike: y\nflags: --mine\nverbs:\n  b: c.d\n---\nprogram: y\nflags: --its\nverbs:\n  a: c.d\n");
        Assert.NotNull(root.Child("a"));
        Assert.NotNull(root.Child("b"));
        Assert.NotNull(root.Flags.Named("--mine"));
        Assert.NotNull(root.Flags.Named("--its"));
    }

    [Fact]
    public void Flags_that_are_inherited_hold_below_and_others_do_not()
    {
        var verb = Read("program: x\nflags: --here\ninherited: -a/--all\non:\n  --all: c.d\nverbs:\n  a: {rule: c.d, flags: --own}\n").Child("a")!;
        Assert.Single(verb.Flags.Named("-a")!.Effects);
        Assert.NotNull(verb.Flags.Named("--own"));
        Assert.Null(verb.Flags.Named("--here"));
    }

    [Fact]
    public void A_negated_flag_is_declared_in_one_word()
    {
        var flags = Read("program: x\nrule: a.b\nflags: -c/--[no-]color?\n").Flags;
        Assert.Equal("--color", flags.Named("-c")!.Name);
        Assert.Equal("--no-color", flags.Named("--no-color")!.Name);
    }
}
