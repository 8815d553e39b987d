using RunbookOperator.Generator;

// Writes the generated files below the folder given, or below the nearest folder above with the solution in it.
var root = args is [var folder] ? folder : Repository.Find(Directory.GetCurrentDirectory());
foreach (var (path, content) in CrdFiles.All())
{
    var file = Path.Combine(root, path);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, content);
    Console.WriteLine(path);
}
