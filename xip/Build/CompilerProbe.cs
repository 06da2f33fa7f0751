// SPDX-License-Identifier: MIT
// Identifies a C compiler by its predefined macros, which all versions have.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace Wamr.Nano.Xip.Build;

internal static class CompilerProbe
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<CompilerInfo>>> s_known = new();

    /// <summary>The compiler with a name. Each compiler is probed only once.</summary>
    /// <exception cref="CompileException">There is none, or it is neither gcc nor clang.</exception>
    internal static CompilerInfo Of(string program, string howToInstall) =>
        s_known.GetOrAdd(program, _ => new(() => Ask(program, howToInstall))).Value.GetAwaiter().GetResult();

    private static async Task<CompilerInfo> Ask(string program, string howToInstall)
    {
        string text = await Tool.Run(program, ["-dM", "-E", "-x", "c", "-"], "", howToInstall).ConfigureAwait(false);
        // Lines "#define name value".
        IEnumerable<string[]> lines = text.Split('\n').Select(line => line.Trim().Split(' ', 3)).Where(words => words.Length == 3);
        Dictionary<string, string> macros = lines.ToDictionary(words => words[1], words => words[2]);
        bool isClang = macros.ContainsKey("__clang__");
        string[] names = isClang ? ["__clang_major__", "__clang_minor__", "__clang_patchlevel__"]
            : ["__GNUC__", "__GNUC_MINOR__", "__GNUC_PATCHLEVEL__"];
        if (!macros.ContainsKey(names[0])) throw new CompileException($"'{program}' is neither gcc nor clang, which native code needs");
        return new(program, isClang ? CompilerFamily.Clang : CompilerFamily.Gcc, new(Number(names[0]), Number(names[1]), Number(names[2])));

        int Number(string name) => int.TryParse(macros.GetValueOrDefault(name), CultureInfo.InvariantCulture, out int number) ? number : 0;
    }
}
