using System.Text;

namespace Trunkline.Compiler.Generators.Python;

internal static class DescriptorFileWriter
{
    public static void WriteFile(PythonFile file, StringBuilder text)
    {
    }

    public static void WriteTypes(PythonFile file, StringBuilder text)
    {
    }
}
