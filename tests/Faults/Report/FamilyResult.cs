namespace RunbookOperator.Faults;

/// <summary>What a family showed, as it is kept from one run of the programme to the next.</summary>
internal sealed record FamilyResult
{
    /// <summary>Such as F1.</summary>
    public required string Family { get; init; }

    /// <summary>What goes wrong in it.</summary>
    public required string Title { get; init; }

    /// <summary>What decided the random choices.</summary>
    public required int Seed { get; init; }

    /// <summary>How much of it was asked for.</summary>
    public required double Dose { get; init; }

    /// <summary>How many faults happened. None is a failure.</summary>
    public required int Fired { get; init; }

    /// <summary>How many runs, or alerts where no run is meant, went through them.</summary>
    public required int Subjects { get; init; }

    /// <summary>Every promise that was broken.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    /// <summary>What was measured besides.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The machine's load average of one minute, before and after.</summary>
    public required double LoadBefore { get; init; }

    /// <inheritdoc cref="LoadBefore"/>
    public required double LoadAfter { get; init; }
}
