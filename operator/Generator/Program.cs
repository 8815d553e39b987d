using RunbookOperator.Generator;
using RunbookOperator.Risk;

// Writes the generated files below the folder given, or below the nearest folder above with the solution in it.
var root = args is [var folder] ? folder : Repository.Find(Directory.GetCurrentDirectory());
foreach (var (path, content) in CrdFiles.All())
{
    var file = Path.Combine(root, path);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, content);
    Console.WriteLine(path);
}

// The table of rules stands in a page that people write.
var page = Path.Combine(root, "docs/risk.md");
File.WriteAllText(page, RiskDocs.Update(File.ReadAllText(page)));
Console.WriteLine("docs/risk.md");
