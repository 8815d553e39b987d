using System.Text;

namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private sealed record PendingHereDocument(int Start, string Delimiter, bool Quoted, bool StripsTabs, int Inside, List<WordPart> Parts);

    private Redirection ParseHereDocumentStart(int start)
    {
        var strips = Skip("-");
        SkipBlanks();
        var word = ParseWord();
        var quoted = word.Parts is not [LiteralPart { Quoted: false }];
        if (word.Literal is not { } delimiter)
        {
            Fail(start, "the end of a here-document must be plain text");
            delimiter = "";
        }

        // The body is filled in when the line ends; the list is shared with the tree.
        var parts = new List<WordPart>();
        _hereDocuments.Add(new PendingHereDocument(start, delimiter, quoted, strips, _inside, parts));
        return new Redirection(Here(start), RedirectionKind.Text, new Word(Here(start), parts));
    }

    /// <summary>Moves behind a line end, and behind the here-documents whose bodies follow it.</summary>
    private void EndLine()
    {
        _at++;
        for (var next = 0; next < _hereDocuments.Count && !Failed; next++)
        {
            // Shells differ in where a body is looked for when the line ends inside a substitution or an array.
            if (_hereDocuments[next].Inside != _inside)
            {
                Fail(_hereDocuments[next].Start, "a here-document's line ends inside something else");
                return;
            }

            ReadHereDocument(_hereDocuments[next]);
        }

        _hereDocuments.Clear();
    }

    /// <summary>Closes a substitution or an array: a here-document begun in it must have ended in it.</summary>
    private void LeaveInside()
    {
        if (_hereDocuments.Find(document => document.Inside >= _inside) is { } open)
        {
            Fail(open.Start, $"the here-document `{open.Delimiter}` does not end where it began");
        }

        _inside--;
    }

    private void RequireHereDocuments()
    {
        if (_hereDocuments is [var first, ..])
        {
            Fail(first.Start, $"the here-document `{first.Delimiter}` does not end");
        }
    }

    private void ReadHereDocument(PendingHereDocument document)
    {
        var bodyStart = _at;
        while (!AtEnd)
        {
            var lineEnd = IndexOf('\n');
            var line = _text.AsSpan(_at, lineEnd - _at);
            if ((document.StripsTabs ? line.TrimStart('\t') : line).SequenceEqual(document.Delimiter))
            {
                var bodyEnd = _at;
                ReadBody(document, bodyStart, bodyEnd);
                _at = Failed ? _end : lineEnd < _end ? lineEnd + 1 : lineEnd;
                return;
            }

            _at = lineEnd < _end ? lineEnd + 1 : lineEnd;
        }

        Fail(document.Start, $"the here-document `{document.Delimiter}` does not end");
    }

    private void ReadBody(PendingHereDocument document, int start, int end)
    {
        if (document.Quoted)
        {
            document.Parts.Add(new LiteralPart(TextSpan.FromTo(start, end), Quoted: true, _text[start..end]));
            return;
        }

        var outerEnd = _end;
        (_at, _end) = (start, end);
        var literal = new StringBuilder();
        var from = _at;
        while (!AtEnd)
        {
            if (!TryExpansion(document.Parts, literal, ref from))
            {
                AppendQuotedCharacter(literal, escapes: "$`\\");
            }
        }

        Flush(document.Parts, literal, from, quoted: true);
        _end = outerEnd;
        if (Failed)
        {
            _at = _end;
        }
    }

    /// <summary>Takes one character of double-quoted text, or an escaped one.</summary>
    private void AppendQuotedCharacter(StringBuilder literal, string escapes)
    {
        if (Current == '\\' && Peek(1) == '\n')
        {
            if (_at > 0 && (char.IsAsciiLetterOrDigit(_text[_at - 1]) || _text[_at - 1] is '$' or '_') && !(Peek(2) is ' ' or '\n' or '"' or '\0'))
            {
                Fail(_at, "a word that goes on in the next line is not understood");
                return;
            }

            _at += 2;
            return;
        }

        if (Current == '\\' && escapes.Contains(Peek(1), StringComparison.Ordinal))
        {
            _at++;
        }

        literal.Append(Current);
        _at++;
    }
}
