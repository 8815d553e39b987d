using RunbookOperator.RiskReport;

// The corpus against the classifier. `--misses` lists what is called otherwise than labelled; other arguments are files to read in place of the corpus.
var files = args.Where(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToList();
if (files.Count == 0)
{
    files = [.. new[] { "real.jsonl", "adversarial.jsonl" }.Select(file => Path.Combine(AppContext.BaseDirectory, "Corpus", file))];
}

var commands = LabelledCommand.Read(files);
await Console.Out.WriteLineAsync(Tables.ByLabel(commands));
await Console.Out.WriteLineAsync(Tables.ByCategory(commands));
if (args.Contains("--misses"))
{
    await Console.Out.WriteLineAsync(Tables.Misses(commands));
}

var requirements = Requirement.Measure(commands);
await Console.Out.WriteLineAsync(Tables.Of(requirements));
return requirements.All(requirement => requirement.IsMet) ? 0 : 1;
