namespace RunbookOperator.Risk.Syntax;

internal sealed partial class ShellParser
{
    private sealed record PendingHereDocument(int Start, string Delimiter, bool Quoted, bool StripsTabs, int Inside, List<WordPart> Parts);

    private bool _inHereDocument;

    private Redirection ParseHereDocumentStart(int start, string? variable)
    {
        var strips = Skip('-');
        SkipBlanks();
        var word = ParseWord();
        var quoted = word.Parts is not [LiteralPart { Quoted: false }];
        if (word.Literal is not { } delimiter || delimiter.Contains('\n'))
        {
            Fail(start, "the end of a here-document must be plain text in one line");
            delimiter = "";
        }

        // The body is filled in when the line ends; the list is shared with the tree.
        var parts = new List<WordPart>();
        (_hereDocuments ??= []).Add(new PendingHereDocument(start, delimiter, quoted, strips, _inside, parts));
        return new Redirection(Here(start), RedirectionKind.Text, new Word(Here(start), parts), variable);
    }

    /// <summary>Moves behind a line end, and behind the here-documents whose bodies follow it.</summary>
    private void EndLine()
    {
        if (_hereDocuments is not { Count: > 0 } documents)
        {
            Advance();
            return;
        }

        _at++;
        foreach (var document in documents)
        {
            // Shells differ in where a body is looked for when the line ends inside a substitution or an array.
            if (document.Inside != _inside)
            {
                Fail(document.Start, "a here-document's line ends inside something else");
            }

            if (Failed)
            {
                return;
            }

            ReadHereDocument(document);
        }

        documents.Clear();
        if (!Failed)
        {
            MoveTo(_at);
        }
    }

    /// <summary>Closes a substitution or an array: a here-document begun in it must have ended in it.</summary>
    private void LeaveInside()
    {
        // They stand in the order in which they began, the innermost last.
        if (_hereDocuments is [.., var last] && last.Inside >= _inside)
        {
            Fail(last.Start, $"the here-document `{last.Delimiter}` does not end where it began");
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
        var continued = false;
        while (_at < _end)
        {
            var lineEnd = IndexOf('\n');
            var line = _text.AsSpan(_at, lineEnd - _at);
            if ((document.StripsTabs ? line.TrimStart('\t') : line).SequenceEqual(document.Delimiter))
            {
                if (continued)
                {
                    Fail(_at, "shells differ in whether a here-document ends in a line that goes on from the one before");
                    return;
                }

                var bodyEnd = _at;
                ReadBody(document, bodyStart, bodyEnd);
                _at = Failed ? _end : Math.Min(lineEnd + 1, _end);
                return;
            }

            var goesOn = !document.Quoted && EndsInContinuation(line);
            // `EO\` and `F` end a here-document in some shells.
            if ((goesOn || continued) && CouldBelongTo(line, document.Delimiter))
            {
                Fail(_at, "a line that goes on in the next could end the here-document");
                return;
            }

            continued = goesOn;
            _at = Math.Min(lineEnd + 1, _end);
        }

        Fail(document.Start, $"the here-document `{document.Delimiter}` does not end");
    }

    private static bool EndsInContinuation(ReadOnlySpan<char> line)
    {
        var backslashes = line.Length - line.TrimEnd('\\').Length;
        return backslashes % 2 == 1;
    }

    private static bool CouldBelongTo(ReadOnlySpan<char> line, string delimiter)
    {
        var text = line.TrimStart('\t').TrimEnd('\\');
        return delimiter.AsSpan().IndexOf(text, StringComparison.Ordinal) >= 0;
    }

    private void ReadBody(PendingHereDocument document, int start, int end)
    {
        if (document.Quoted)
        {
            document.Parts.Add(new LiteralPart(Between(start, end), Quoted: true, _text[start..end]));
            return;
        }

        var (outerEnd, outerDocuments) = (_end, _hereDocuments);
        (_end, _hereDocuments, _inHereDocument) = (end, null, true);
        MoveTo(start);
        while (!AtEnd)
        {
            if (BeginsExpansion(quoted: true))
            {
                TakeExpansion(document.Parts, quoted: true);
            }
            else
            {
                ParseQuotedText(document.Parts, EscapedInHereDocuments);
            }
        }

        (_end, _hereDocuments, _inHereDocument) = (outerEnd, outerDocuments, false);
    }
}
