using RunbookOperator.Risk.Knowledge.Programs;

namespace RunbookOperator.Risk.Knowledge;

/// <summary>How a flag takes its value.</summary>
internal enum FlagValue
{
    /// <summary>None needed; a long switch may be given <c>=false</c>.</summary>
    None,

    /// <summary>Attached or in the next word.</summary>
    Required,

    /// <summary>Attached only: behind <c>=</c>, or right behind the letter.</summary>
    Optional,

    /// <summary>In the next words, up to the next one with a dash.</summary>
    Many,

    /// <summary>Whatever stands right behind the name in the same word: <c>-Dname=value</c>.</summary>
    Attached,
}

/// <summary>One flag of a program.</summary>
/// <param name="Name">Its name with dashes: the last of those it goes by.</param>
/// <param name="Short">Its one letter, or NUL.</param>
/// <param name="Value">How it takes its value.</param>
/// <param name="Count">How many words it takes as its value; 1 but for rare flags such as jq's <c>--arg</c>.</param>
internal sealed record FlagSpec(string Name, char Short, FlagValue Value, int Count = 1)
{
    /// <summary>What it does.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];
}
