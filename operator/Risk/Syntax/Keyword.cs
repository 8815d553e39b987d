namespace RunbookOperator.Risk.Syntax;

/// <summary>The words that are part of the grammar where a command could begin; a set of them says what ends a list.</summary>
[Flags]
internal enum Keyword
{
    None = 0,
    Not = 1 << 0,
    Time = 1 << 1,
    BraceOpen = 1 << 2,
    BraceClose = 1 << 3,
    ConditionOpen = 1 << 4,
    If = 1 << 5,
    Then = 1 << 6,
    Elif = 1 << 7,
    Else = 1 << 8,
    Fi = 1 << 9,
    While = 1 << 10,
    Until = 1 << 11,
    Do = 1 << 12,
    Done = 1 << 13,
    For = 1 << 14,
    Select = 1 << 15,
    Case = 1 << 16,
    Esac = 1 << 17,
    Function = 1 << 18,
    Coproc = 1 << 19,
    In = 1 << 20,

    /// <summary><c>]]</c>; a keyword only inside <c>[[</c>.</summary>
    ConditionClose = 1 << 21,

    /// <summary>What begins a compound command.</summary>
    Compound = BraceOpen | ConditionOpen | If | While | Until | For | Select | Case,

    /// <summary>What cannot begin a command.</summary>
    Misplaced = BraceClose | Then | Elif | Else | Fi | Do | Done | Esac,
}
