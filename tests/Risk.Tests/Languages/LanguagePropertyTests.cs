using System.Diagnostics;
using FsCheck;
using FsCheck.Fluent;
using RunbookOperator.Risk.Languages;
using RunbookOperator.Risk.Languages.Http;
using RunbookOperator.Risk.Languages.Mongo;
using RunbookOperator.Risk.Languages.Redis;
using RunbookOperator.Risk.Languages.Sed;
using RunbookOperator.Risk.Languages.Sql;

namespace RunbookOperator.Risk.Tests.Languages;

/// <summary>What holds for every text in every language.</summary>
public sealed class LanguagePropertyTests
{
    private const int Long = 64 * 1024;

    // Far above what is needed, so that a busy machine does not fail the test, and far below what a quadratic reading would take.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<string, Func<string, IReadOnlyList<CodeFinding>>> Readers = SqlDialect.All
        .Select(dialect => (dialect.Name, Read: (Func<string, IReadOnlyList<CodeFinding>>)(text => SqlReader.Read(text, dialect))))
        .Append(("redis", RedisReader.ReadLines))
        .Append(("mongo", MongoReader.Read))
        .Append(("sed", text => SedReader.Read(text).Findings))
        .Append(("http", text => HttpReader.Read("GET", text)))
        .ToDictionary(pair => pair.Item1, pair => pair.Item2);

    private static readonly string[] Pieces =
    [
        "select ", "drop table t", "; ", "'", "''", "\"", "`", "[", "]", "(", ")", "/*", "*/", "/*!", "--", "-- ", "#", "//", "\n", "$$", "$a$", "\\", "\\'", "\\;", "\\d ", "\\! x", "\\g", "\\G",
        ".shell x", ".tables", "e'", "u&'", "with a as ", "explain analyze ", "copy t to ", "insert into t values (1)", "for update", "pg_sleep(1)", "f(", "a.b", " as ", ":x", "::", "\ue000",
        "db.", "c.find(", "{a: 1}", "=> ", "$out", "new ", "?", "s/a/b/", "w x", "y/", "{", "}", "/x/", "1,$d", "http://", "a@b", "/../", "%2e", "?a=", "&", "get k", "set ", "1", "é", "delimiter ", "\0",
    ];

    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(1000);

    public static TheoryData<string> Names => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_text_makes_it_throw_and_every_place_lies_within_it(string name)
    {
        var read = Readers[name];
        Prop.ForAll(Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(), text => Code.IsSound(text, read(text))).Check(Runs);
        Prop.ForAll(ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "").ToArbitrary(), text => Code.IsSound(text, read(text))).Check(Runs);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_longest_text_of_anything_is_read_in_time(string name)
    {
        foreach (var piece in Pieces.Append("select f(").Append("((").Append("db.a(").Append("a=>").Append("explain prepare p as ").Append("with a (b, ").Append("[:"))
        {
            var text = string.Concat(Enumerable.Repeat(piece, (Long / piece.Length) + 1))[..Long];
            var watch = Stopwatch.StartNew();
            _ = Readers[name](text);
            Assert.True(watch.Elapsed < Bound, $"{name} took {watch.Elapsed} for {piece}");
        }
    }

    [Theory]
    [InlineData("postgresql")]
    [InlineData("mysql")]
    [InlineData("sqlite")]
    public void What_stands_behind_a_statement_is_always_found(string name)
    {
        string[] reads = ["SELECT 1", "SELECT 'a''b'", "SELECT count(*) FROM t WHERE a IN (1, 2)", "EXPLAIN SELECT 1", "SELECT 1 /* x */", "SELECT 1 -- x\n"];
        string[] breaks = [";", " ;", ";\n", "\n;\n", "/**/;/**/", ";-- y\n", "; /* ; */ "];
        string[] writes = ["DROP TABLE t", "delete from t", "TRUNCATE TABLE t", "uPdAtE t SET a = 1"];
        var texts = from read in Gen.Elements(reads) from end in Gen.Elements(breaks) from write in Gen.Elements(writes) select read + end + write;
        Prop.ForAll(texts.ToArbitrary(), text => Code.Level(Readers[name](text)) == RiskLevel.Dangerous).Check(Runs);
    }

    [Fact]
    public void Every_command_of_Redis_that_writes_or_administers_is_more_than_a_read()
    {
        string[] writing = ["set", "del", "flushall", "rename", "lpop", "xdel", "shutdown", "debug", "config set", "replicaof", "cluster reset", "acl setuser", "function load", "script load"];
        Assert.All(writing, name => Assert.NotEqual(RiskLevel.Safe, Code.Level(RedisReader.ReadLines(name))));
        Assert.True(RedisTable.Names.Count() > 300);
    }
}
