using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RunbookOperator.Api;

/// <summary>A length of time as Kubernetes writes it: Go's duration strings of whole and fractional <c>h</c>, <c>m</c>, <c>s</c>, <c>ms</c>,
/// such as <c>15m</c> or <c>1h30m</c>. Never negative.</summary>
[JsonConverter(typeof(DurationConverter))]
public readonly record struct Duration
{
    /// <summary>What the schema says of it, in RE2.</summary>
    public const string Pattern = "^([0-9]+(\\.[0-9]+)?(ms|s|m|h))+$";

    /// <summary>The longest text.</summary>
    public const int MaximumLength = 32;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private Duration(TimeSpan value) => Value = value;

    /// <summary>The length.</summary>
    public TimeSpan Value { get; }

    /// <summary>The duration of <paramref name="value"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static Duration Of(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return new Duration(value);
    }

    /// <summary>Reads a duration string.</summary>
    /// <returns>False if <paramref name="text"/> is none, or is longer than a hundred years.</returns>
    public static bool TryParse(string? text, out Duration duration)
    {
        duration = default;
        if (string.IsNullOrEmpty(text) || text.Length > MaximumLength)
        {
            return false;
        }

        var seconds = 0m;
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                || rest[0] == '.' || rest[digits - 1] == '.' || !Unit(rest[digits..], out var factor, out var length) || number > 1e9m)
            {
                return false;
            }

            seconds += number * factor;
            rest = rest[(digits + length)..];
        }

        if (seconds > 100m * 366 * 24 * 3600)
        {
            return false;
        }

        duration = new Duration(TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)));
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (Value == TimeSpan.Zero)
        {
            return "0s";
        }

        var text = new StringBuilder();
        Append(text, (long)Value.TotalHours, "h");
        Append(text, Value.Minutes, "m");
        Append(text, Value.Seconds, "s");
        Append(text, Value.Milliseconds, "ms");
        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static void Append(StringBuilder text, long number, string unit)
    {
        if (number > 0)
        {
            text.Append(number).Append(unit);
        }
    }

    private static bool Unit(ReadOnlySpan<char> text, out decimal factor, out int length)
    {
        (factor, length) = text switch
        {
            ['m', 's', ..] => (0.001m, 2),
            ['s', ..] => (1m, 1),
            ['m', ..] => (60m, 1),
            ['h', ..] => (3600m, 1),
            _ => (0m, 0),
        };
        return length > 0;
    }
}

/// <summary>Writes and reads <see cref="Duration"/> as its string.</summary>
public sealed class DurationConverter : JsonConverter<Duration>
{
    /// <inheritdoc/>
    public override Duration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Duration.TryParse(reader.GetString(), out var duration)
            ? duration
            : throw new JsonException("not a duration such as 30s, 15m or 1h30m");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
