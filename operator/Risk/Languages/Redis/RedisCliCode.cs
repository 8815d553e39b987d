using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Languages.Redis;

/// <summary>redis-cli: the words behind its options are one command of Redis.</summary>
internal sealed class RedisCliCode : IProgramCode
{
    /// <inheritdoc/>
    public void Judge(TableCommand command)
    {
        if (command.Operands.Count == 0)
        {
            return;
        }

        if (command.IsOn("--cluster"))
        {
            return;
        }

        // With `-x` the last word is read from the input, which only adds a value.
        var words = command.Operands.Select(word => new RedisWord(word.Text, word.Span, word.IsLiteral)).ToList();
        var whole = TextSpan.FromTo(words[0].Span.Start, words[^1].Span.End);
        foreach (var finding in RedisReader.Read(words))
        {
            command.Findings.Add(finding.Rule, finding.Span.Length > 0 ? finding.Span : whole, finding.Subject);
        }

        if (command.Operands.FirstOrDefault(word => word.Splits && word.HasOpaque) is { } open)
        {
            command.Findings.Add("shell.unquoted", open);
        }
    }
}
