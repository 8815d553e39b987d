namespace RunbookOperator.Risk.Knowledge.Programs;

/// <summary>Lays one document over another, for programs that are like others and for documents that add to one.</summary>
internal static class TableMerge
{
    /// <summary>Maps are joined key by key, lists and lists of flags one behind the other; anything else is replaced.</summary>
    public static TableValue Of(TableValue below, TableValue above)
    {
        var fields = new List<KeyValuePair<string, TableValue>>(below.Fields ?? []);
        foreach (var (key, value) in above.Fields ?? [])
        {
            var at = fields.FindIndex(field => field.Key == key);
            if (at < 0)
            {
                fields.Add(new(key, value));
            }
            else
            {
                fields[at] = new(key, Join(key, fields[at].Value, value));
            }
        }

        return above with { Fields = fields };
    }

    private static TableValue Join(string key, TableValue below, TableValue above) => (below, above) switch
    {
        ({ Fields: not null }, { Fields: not null }) => Of(below, above),
        ({ Items: { } first }, { Items: { } second }) when key is not ("operands" or "cases") => above with { Items = [.. first, .. second] },
        _ when key is "flags" or "inherited" or "help" => above with { Text = null, Items = [.. Words(below), .. Words(above)] },
        _ => above,
    };

    private static IEnumerable<TableValue> Words(TableValue value) => TableMap.WordsOf(value).Select(word => value with { Text = word, Items = null });
}
