namespace RunbookOperator.Risk.Languages.Sql;

/// <summary>Where a backslash inside a string is an escape.</summary>
internal enum SqlBackslash
{
    /// <summary>Nowhere.</summary>
    Never,

    /// <summary>In strings that begin with <c>E</c>.</summary>
    InEscapeStrings,

    /// <summary>In every string.</summary>
    Always,
}

/// <summary>The program that sends the text, for the commands it reads itself.</summary>
internal enum SqlClient
{
    /// <summary>None that has commands of its own in the text.</summary>
    None,

    /// <summary>psql: a backslash begins a command.</summary>
    Psql,

    /// <summary>mysql and mariadb: a backslash and one letter.</summary>
    Mysql,

    /// <summary>sqlite3: a line that begins with a dot.</summary>
    Sqlite,
}

/// <summary>How a dialect writes its tokens, from the lexical chapters of the servers' manuals.</summary>
internal sealed record SqlDialect
{
    /// <summary>The key of its table of knowledge.</summary>
    public required string Name { get; init; }

    public SqlClient Client { get; init; }

    /// <summary><c>/* /* */ */</c> is one comment.</summary>
    public bool NestsComments { get; init; }

    /// <summary><c>#</c> begins a comment.</summary>
    public bool HashComments { get; init; }

    /// <summary><c>//</c> begins a comment.</summary>
    public bool SlashComments { get; init; }

    /// <summary><c>--</c> begins a comment only before white space.</summary>
    public bool DashesNeedSpace { get; init; }

    /// <summary><c>/*! … */</c> is code for some versions of the server and a comment for others.</summary>
    public bool RunsComments { get; init; }

    public SqlBackslash Backslash { get; init; }

    /// <summary><c>$tag$ … $tag$</c> is a string.</summary>
    public bool DollarStrings { get; init; }

    /// <summary><c>"…"</c> is a string, not a name.</summary>
    public bool QuotesAreStrings { get; init; }

    /// <summary><c>`…`</c> is a name.</summary>
    public bool BacktickNames { get; init; }

    /// <summary><c>[…]</c> is a name.</summary>
    public bool BracketNames { get; init; }

    public static SqlDialect PostgreSql { get; } =
        new() { Name = "postgresql", Client = SqlClient.Psql, NestsComments = true, Backslash = SqlBackslash.InEscapeStrings, DollarStrings = true };

    public static SqlDialect MySql { get; } = new()
    {
        Name = "mysql", Client = SqlClient.Mysql, HashComments = true, DashesNeedSpace = true, RunsComments = true, Backslash = SqlBackslash.Always, QuotesAreStrings = true,
        BacktickNames = true,
    };

    public static SqlDialect Sqlite { get; } = new() { Name = "sqlite", Client = SqlClient.Sqlite, BacktickNames = true, BracketNames = true };

    public static SqlDialect ClickHouse { get; } = new() { Name = "clickhouse", NestsComments = true, Backslash = SqlBackslash.Always, DollarStrings = true, BacktickNames = true };

    public static SqlDialect Cql { get; } = new() { Name = "cql", SlashComments = true, DollarStrings = true };

    /// <summary>All dialects.</summary>
    public static IReadOnlyList<SqlDialect> All { get; } = [PostgreSql, MySql, Sqlite, ClickHouse, Cql];
}
