namespace RunbookOperator.Risk.Evaluation;

/// <summary>
/// A word after expansion, as far as it is known. Parts that are not known stand in <paramref name="Text"/> as a marker, so that all
/// knowledge can look at plain text. The markers are private-use characters, which no accepted command holds.
/// </summary>
/// <param name="Span">Where the word stands.</param>
/// <param name="Text">The text, with markers.</param>
/// <param name="Splits">Whether it can become no word or several, because something unknown in it is not quoted.</param>
/// <param name="Globs">Whether it can become file names.</param>
internal sealed record Argument(TextSpan Span, string Text, bool Splits = false, bool Globs = false)
{
    /// <summary>Stands for a bounded value: one word of harmless characters that does not begin with a dash.</summary>
    public const char Bounded = '\uE000';

    /// <summary>Stands for a value of which nothing is known.</summary>
    public const char Opaque = '\uE001';

    /// <summary>Stands for names of objects: none, one or several, none of which is a flag.</summary>
    public const char Names = '\uE002';

    /// <summary>Whether the text is exactly what the program receives.</summary>
    public bool IsLiteral => !Splits && !Globs && !HasMarker;

    /// <summary>Whether anything in it is not known.</summary>
    public bool HasMarker => Text.AsSpan().IndexOfAny(Bounded, Opaque, Names) >= 0;

    /// <summary>Whether something in it is not even bounded.</summary>
    public bool HasOpaque => Text.Contains(Opaque);

    /// <summary>Whether the program could take it, or a part of it, for a flag although it does not look like one.</summary>
    public bool CouldBeFlag => (Splits && HasOpaque) || Text is [Opaque, ..];

    /// <summary>Whether it can become file names that begin with anything, a dash included.</summary>
    public bool GlobsFromStart => Globs && Text is ['*' or '?' or '[', ..];

    /// <summary>Whether its beginning is not known.</summary>
    public bool BeginsUnknown => Text is [Bounded or Opaque or Names, ..];

    /// <summary>The text for people: unknown parts as <c>…</c>, and not too long.</summary>
    public string Display
    {
        get
        {
            var text = Text.Replace(Bounded, '…').Replace(Opaque, '…').Replace(Names, '…').ReplaceLineEndings(" ");
            return text.Length <= MaximumDisplay ? text : string.Concat(text.AsSpan(0, MaximumDisplay), "…");
        }
    }

    /// <summary>The rest of the word from <paramref name="offset"/>, as an argument of its own.</summary>
    public Argument From(int offset) => this with { Text = Text[offset..] };

    private const int MaximumDisplay = 60;
}
