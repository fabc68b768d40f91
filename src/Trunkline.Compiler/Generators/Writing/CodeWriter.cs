using System.Text;

namespace Trunkline.Compiler.Generators.Writing;

/// <summary>Collects lines of code, each at the indentation of the block it stands in.</summary>
internal sealed class CodeWriter
{
    private const int SpacesPerLevel = 4;

    private readonly StringBuilder _text = new();
    private int _level;

    /// <summary>Writes one line; an empty one gets no indentation.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _level * SpacesPerLevel).Append(line);
        }

        _text.Append('\n');
    }

    /// <summary>Writes several lines, given as one raw string, all at the present indentation.</summary>
    public void Lines(string lines)
    {
        foreach (var line in lines.AsSpan().EnumerateLines())
        {
            Line(line.ToString());
        }
    }

    /// <summary>Writes a header and opens a block in braces; disposing what it returns closes the block.</summary>
    public Scope Block(string header)
    {
        Line(header);
        return Block();
    }

    /// <summary>Opens a block in braces without a header.</summary>
    public Scope Block()
    {
        Line("{");
        _level++;
        return new Scope(this, "}");
    }

    /// <summary>Indents until what it returns is disposed.</summary>
    public Scope Indent()
    {
        _level++;
        return new Scope(this, closing: null);
    }

    /// <summary>All that has been written.</summary>
    public override string ToString() => _text.ToString();

    private void Close(string? closing)
    {
        _level--;
        if (closing is not null)
        {
            Line(closing);
        }
    }

    /// <summary>An open block.</summary>
    internal readonly struct Scope(CodeWriter writer, string? closing) : IDisposable
    {
        /// <summary>Ends the block.</summary>
        public void Dispose() => writer.Close(closing);
    }
}
