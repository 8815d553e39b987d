namespace RunbookOperator.Risk.Languages.Sql;

internal sealed partial class SqlReader
{
    private void ReadCreate(ReadOnlySpan<SqlToken> tokens)
    {
        var kind = 1;
        while (kind < tokens.Length && tokens[kind].Text is "or" or "replace" or "temp" or "temporary" or "unlogged" or "unique" or "global" or "local" or "materialized"
            or "recursive" or "fulltext" or "spatial" or "online" or "offline" or "virtual")
        {
            kind++;
        }

        var rule = (kind < tokens.Length ? tokens[kind].Text : "") switch
        {
            "table" or "index" or "view" or "schema" or "sequence" or "statistics" or "database" => "sql.create",
            "type" or "domain" or "collation" when _dialect == SqlDialect.PostgreSql => "sql.create",
            "role" or "user" or "group" or "policy" or "publication" or "subscription" => "sql.access",
            "server" or "foreign" => "sql.remote",
            _ => "sql.code",
        };
        if (rule == "sql.create" && (Has(tokens[..kind], "replace") || Has(tokens[..kind], "virtual")))
        {
            // What was there under the name is gone; a virtual table is a module's code.
            rule = Has(tokens[..kind], "replace") ? "sql.drop" : "sql.code";
        }

        Add(rule, tokens);
        Scan(tokens[1..], defines: true);
    }

    private void ReadAlter(ReadOnlySpan<SqlToken> tokens)
    {
        var kind = tokens.Length > 1 ? tokens[1].Text : "";
        switch (kind)
        {
            case "role" or "user" or "group" or "default" or "policy":
                Add("sql.access", tokens);
                break;
            case "database" or "schema" when tokens.Length > 3 && _dialect == SqlDialect.PostgreSql && (tokens[3].Is("set") || tokens[3].Is("reset")):
                ReadServerSetting(tokens, 3);
                break;
            case "table" or "index" or "view" or "materialized":
                ReadActions(tokens);
                break;
            default:
                Add("sql.alter", tokens);
                break;
        }

        NoteSecrets(tokens);
    }

    /// <summary>The actions of ALTER TABLE, one after each comma: those that add or rename can be taken back.</summary>
    private void ReadActions(ReadOnlySpan<SqlToken> tokens)
    {
        var at = tokens[1].Is("materialized") ? 3 : 2;
        while (at < tokens.Length && tokens[at].Text is "if" or "exists" or "only")
        {
            at++;
        }

        at++;
        while (at + 1 < tokens.Length && tokens[at].IsSymbol('.'))
        {
            at += 2;
        }

        var rule = at < tokens.Length ? "sql.create" : "sql.alter";
        while (at < tokens.Length)
        {
            var next = IndexOfSymbol(tokens, ',', at);
            rule = CanBeTakenBack(tokens[at..next]) ? rule : "sql.alter";
            at = next + 1;
        }

        Add(rule, tokens);
        Scan(tokens[2..], defines: true);
    }

    private static bool CanBeTakenBack(ReadOnlySpan<SqlToken> action)
    {
        var first = action.IsEmpty ? "" : action[0].Text;
        return first switch
        {
            "add" or "rename" or "validate" or "attach" => true,
            "set" or "reset" => action.Length > 1 && action[1].IsSymbol('('),
            "alter" => (Has(action, "default") || Has(action, "statistics")) && !Has(action, "type"),
            _ => false,
        };
    }
}
