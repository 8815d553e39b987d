namespace RunbookOperator.Tests.Executions;

/// <summary>A small generator of its own, so that a seed means the same story for ever.</summary>
internal sealed class Dice(uint seed)
{
    private uint _state = seed * 2654435761u + 1;

    public int Next(int below)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state % (uint)below);
    }
}
