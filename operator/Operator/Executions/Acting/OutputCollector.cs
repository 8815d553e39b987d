using System.Security.Cryptography;
using System.Text;
using RunbookOperator.Api;

namespace RunbookOperator.Executions;

/// <summary>Makes of a step's output, as it comes, what is kept of it: secrets removed, the last part, a digest of all, and the variables. Its
/// memory does not grow with the output, and no secret is halved: only whole lines are looked at. For one thread.</summary>
internal sealed class OutputCollector : IDisposable
{
    /// <summary>What stands in place of a line that is too long.</summary>
    public const string TooLong = "[a line too long was left out]";

    // Enough for the tail, however it is encoded: every character is at least one byte.
    private const int TailKept = 4 * Limits.Output;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _tail = new();
    private readonly LineRedactor _lines;
    private readonly OutputTaker _taker;
    private readonly char[] _characters = new char[8 * 1024];
    private long _kept;
    private bool _first = true;
    private bool _skipping;
    private bool _stopped;
    private bool _leftOut;

    /// <summary>Collects the variables <paramref name="outputs"/>.</summary>
    /// <param name="outputs">The variables to take; null for none.</param>
    /// <param name="redactor">Removes secrets.</param>
    public OutputCollector(IReadOnlyList<StepOutput>? outputs, Redactor redactor)
    {
        _lines = redactor.Lines();
        _taker = new OutputTaker(outputs, redactor);
    }

    /// <summary>How many bytes were added.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds the next bytes. What is beyond <see cref="Limits.Log"/> is not read.</summary>
    /// <returns>Whether more is wanted.</returns>
    public bool Add(ReadOnlySpan<byte> bytes)
    {
        var room = (int)Math.Min(bytes.Length, Limits.Log - Bytes);
        Bytes += room;
        _stopped |= room < bytes.Length;
        for (var rest = bytes[..room]; rest.Length > 0;)
        {
            _decoder.Convert(rest, _characters, flush: false, out var used, out var made, out _);
            Add(_characters.AsSpan(0, made));
            rest = rest[used..];
        }

        return !_stopped;
    }

    /// <summary>What is kept. Half a line at the point where the reading stopped is not: its end could tell it for a secret.</summary>
    /// <param name="whole">Whether there was no more than what was added.</param>
    public StepText Finish(bool whole)
    {
        Span<char> last = stackalloc char[4];
        _decoder.Convert([], last, flush: true, out _, out var made, out _);
        Add(last[..made]);
        _stopped |= !whole;
        if (!_stopped)
        {
            EndLine();
        }

        _taker.End();
        var tail = Utf8Tail.Of(_tail.ToString(), Limits.Output);
        return new StepText(tail, _stopped || _leftOut || tail.Length < _kept, "sha256:" + Convert.ToHexStringLower(_hash.GetHashAndReset()), _taker.Values, _taker.Secret);
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void Add(ReadOnlySpan<char> text)
    {
        while (text.IndexOf('\n') is >= 0 and var end)
        {
            Append(text[..end]);
            EndLine();
            text = text[(end + 1)..];
        }

        Append(text);
    }

    private void Append(ReadOnlySpan<char> part)
    {
        _skipping |= _line.Length + part.Length > Limits.LogLine;
        if (_skipping)
        {
            _line.Clear();
            return;
        }

        _line.Append(part);
    }

    private void EndLine()
    {
        var line = _skipping ? TooLong : _lines.Redact(_line.ToString());
        _leftOut |= _skipping;
        _line.Clear();
        _skipping = false;
        if (line is not null)
        {
            Keep(Printable(line));
        }
    }

    private void Keep(string line)
    {
        var text = _first ? line : "\n" + line;
        _first = false;
        _kept += text.Length;
        _hash.AppendData(Encoding.UTF8.GetBytes(text));
        _tail.Append(text);
        if (_tail.Length > 2 * TailKept)
        {
            _tail.Remove(0, _tail.Length - TailKept);
        }

        _taker.Line(line);
    }

    // Tabs stay; every other control character could act on the terminal of whoever reads it.
    private static string Printable(string line) => string.Create(line.Length, line, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = char.IsControl(source[i]) && source[i] != '\t' ? '?' : source[i];
        }
    });
}
