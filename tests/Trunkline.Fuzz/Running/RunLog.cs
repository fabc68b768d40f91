namespace Trunkline.Fuzz.Running;

/// <summary>Where a run says what it does: the console, and a file if there is one. A line has the time in front.</summary>
internal sealed class RunLog(string? file)
{
    public void Write(string line)
    {
        string text = $"{TimeProvider.System.GetUtcNow():u} {line}";
        Console.WriteLine(text);
        if (file is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            File.AppendAllText(file, text + Environment.NewLine);
        }
    }
}
