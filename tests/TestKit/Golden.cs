using System.Text;

namespace RunbookOperator.TestKit;

/// <summary>Compares text with a file that is checked in. Run with <c>UPDATE_GOLDEN=1</c> to write the files anew, then read the diff.</summary>
public static class Golden
{
    private const string UpdateVariable = "UPDATE_GOLDEN";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Fails the test where the text and the file differ, or where there is no such file.</summary>
    /// <param name="path">The file, from the repository's root.</param>
    /// <param name="actual">What the code under test made.</param>
    public static void Equal(string path, string actual)
    {
        var file = Path.Combine(TestCluster.RepositoryRoot, path);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual, Utf8);
            return;
        }

        Assert.True(File.Exists(file), $"{path} is not there; run the test with {UpdateVariable}=1 to write it.");
        Assert.Equal(File.ReadAllText(file, Utf8), actual);
    }
}
