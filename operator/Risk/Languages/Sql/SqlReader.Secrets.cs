using System.Collections.Frozen;

namespace RunbookOperator.Risk.Languages.Sql;

internal sealed partial class SqlReader
{
    // Tables that hold password hashes, tokens or connection strings, whatever is asked of them.
    private static readonly FrozenSet<string> SecretTables = new[]
    {
        "pg_shadow", "pg_authid", "pg_user_mapping", "pg_user_mappings", "_pg_user_mappings", "pg_subscription", "pg_largeobject", "global_priv", "slave_master_info",
        "replication_connection_configuration", "user_attributes", "rolpassword", "authentication_string", "salted_hash", "proxies_priv",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> SecretParts = new[]
    {
        "password", "passwd", "passwords", "pwd", "secret", "secrets", "token", "tokens", "apikey", "passphrase", "credential", "credentials", "otp", "privatekey", "passcode",
    }.ToFrozenSet(StringComparer.Ordinal);

    // `password_changed_at` and `token_count` say something about a secret; they do not hold it.
    private static readonly FrozenSet<string> About = new[]
    {
        "at", "count", "id", "ids", "type", "expired", "expiry", "expires", "lifetime", "changed", "updated", "created", "date", "time", "has", "is", "num", "name", "age", "enabled",
        "status", "length", "limit", "used", "usage", "requires", "required", "automatically",
    }.ToFrozenSet(StringComparer.Ordinal);

    private void NoteSecrets(ReadOnlySpan<SqlToken> tokens)
    {
        var star = ShowsAll(tokens);
        for (var index = 0; index < tokens.Length; index++)
        {
            if (!tokens[index].IsName)
            {
                continue;
            }

            var name = tokens[index].Text.ToLowerInvariant();
            var isMysqlUser = name == "user" && index > 1 && tokens[index - 1].IsSymbol('.') && tokens[index - 2].Text.Equals("mysql", StringComparison.OrdinalIgnoreCase);
            if (SecretTables.Contains(name) || (isMysqlUser && star))
            {
                _findings.Add("sql.secret", tokens[index].Span, name);
            }
            else if (NamesSecret(name) && (star || !IsTable(tokens, index)))
            {
                _findings.Add("sql.secret", tokens[index].Span, name);
            }
        }
    }

    private static bool NamesSecret(string name)
    {
        var parts = name.Split('_', '-');
        return (parts.Any(SecretParts.Contains) || name is "api_key" or "private_key" or "encrypted_otp_secret" || name.EndsWith("_api_key", StringComparison.Ordinal))
            && !parts.Any(About.Contains);
    }

    /// <summary>Whether every column is shown: a <c>*</c> that is an item of its own, not a multiplication and not <c>count(*)</c>.</summary>
    private static bool ShowsAll(ReadOnlySpan<SqlToken> tokens)
    {
        for (var index = 1; index < tokens.Length; index++)
        {
            var before = tokens[index - 1];
            if (tokens[index].IsSymbol('*') && (before.Is("select") || before.Is("distinct") || before.Is("all") || before.Is("returning") || before.IsSymbol(',') || before.IsSymbol('.')))
            {
                return true;
            }
        }

        return tokens.Length > 0 && (tokens[0].Is("table") || tokens[0].Is("copy"));
    }

    /// <summary>Whether the name stands where a table stands, or qualifies another name.</summary>
    private static bool IsTable(ReadOnlySpan<SqlToken> tokens, int index)
    {
        if (index + 1 < tokens.Length && (tokens[index + 1].IsSymbol('.') || tokens[index + 1].IsSymbol('(')))
        {
            return true;
        }

        while (index > 1 && tokens[index - 1].IsSymbol('.'))
        {
            index -= 2;
        }

        return index > 0 && tokens[index - 1].Text is "from" or "join" or "table" or "into" or "on" or "index" or "update" or "view" or "like" or "describe" or "desc" or "exists"
            or "analyze" or "vacuum" or "only" or "reindex" or "references";
    }
}
