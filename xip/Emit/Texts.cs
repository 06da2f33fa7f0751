// SPDX-License-Identifier: MIT
// The C texts that come with the compiler.
using System.IO;

namespace Wamr.Nano.Xip.Emit;

internal static class Texts
{
    /// <summary>A file of Native/ or Library/.</summary>
    internal static string Resource(string name)
    {
        using Stream stream = typeof(Texts).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
