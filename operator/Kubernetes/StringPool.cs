using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace RunbookOperator.Kubernetes;

/// <summary>Gives the same string for the same bytes while it remembers them. Objects of a kind share most of their words: label keys, kinds,
/// namespaces, names of images and actions. Without this, a cache of ten thousand objects holds ten thousand copies of each.</summary>
/// <remarks>Each word has one place, and the next word that belongs there takes it: memory is bounded and nothing is ever searched. Threads
/// may race for a place; a reference is written whole, so the worst that happens is one copy more.</remarks>
internal sealed class StringPool
{
    /// <summary>The longest string remembered, in bytes. Longer ones are seldom the same.</summary>
    public const int MaxLength = 64;

    /// <summary>How many strings are remembered at most.</summary>
    public const int Capacity = 1 << Bits;

    private const int Bits = 12;

    // Mixes the bits of a word: 2^64 through the golden ratio.
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly string?[] _places = new string?[Capacity];

    /// <summary>The one of the process.</summary>
    public static StringPool Shared { get; } = new();

    /// <summary>The string of <paramref name="utf8"/>, or null for what is not remembered: what is too long or not ASCII.</summary>
    public string? TryGet(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength || !Ascii.IsValid(utf8))
        {
            return null;
        }

        ref var place = ref _places[Hash(utf8) >> (64 - Bits)];
        var known = place;
        return known is not null && Ascii.Equals(utf8, known) ? known : place = Encoding.ASCII.GetString(utf8);
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = (BitOperations.RotateLeft(hash, 5) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Multiplier;
        }

        foreach (var b in bytes)
        {
            hash = (BitOperations.RotateLeft(hash, 5) ^ b) * Multiplier;
        }

        return hash;
    }
}
