// SPDX-License-Identifier: MIT
// The other way from C# to an object: ILCompiler, for boards whose processor it knows (Wamr.Nano/Freestanding/NativeAot).
using System.Collections.Generic;
using System.IO;
using Wamr.Nano.Tool.Boards;
using Wamr.Nano.Tool.Measure;

namespace Wamr.Nano.Tool.Build;

internal static class NativeAotBackend
{
    /// <summary>Compiles the firmware's C# where it has changed.</summary>
    /// <returns>The object, which needs that of runtime.c.</returns>
    internal static string Object(FirmwareBuild build)
    {
        string output = Path.Combine(build.Folder, "dll", "firmware.o");
        FirmwareOptions options = build.Options;
        string optimize = build.Optimize == "-Os" ? "Os" : "Ot";
        IEnumerable<string> texts = [options.Profile, options.Program, build.Allocator, options.Meter, optimize];
        Stage.Make(output, Stage.Key(texts, build.CSharp()), () =>
        {
            build.Tell();
            build.Assemble("Backend=" + BoardInfo.NativeAot, "IlcOptimize=" + optimize);
            SwitchTables.Rewrite(output);
        });
        return output;
    }

    /// <summary>Folder of what ILCompiler's code needs in C#, C and of the linker.</summary>
    internal static string SupportFolder(SourceTree tree) => Path.Combine(Path.GetDirectoryName(tree.FreestandingProject)!, "NativeAot");
}
