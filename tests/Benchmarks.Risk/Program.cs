using RunbookOperator.Benchmarks.Risk;

await Console.Out.WriteLineAsync(CorpusTable.Measure());
await Console.Out.WriteLineAsync(LengthTable.Measure());
