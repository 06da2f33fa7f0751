// SPDX-License-Identifier: MIT
// What boards read from a plan that the build made, and a C program says otherwise: the profiles ask these classes in both cases.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class LoadPlan
{
    /// <summary>The rules of loading stand in the runtime since it was made.</summary>
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, Module** module) => ModuleLoader.Load(rt, bytes, size, module);
}

internal static unsafe class ImagePlan
{
    /// <summary>The machine that the C compiler makes code for.</summary>
    [DllImport("wamr_nano", EntryPoint = "wamr_nano_target")]
    private static extern void Target(ImageTarget* target);

    [DllImport("wamr_nano", EntryPoint = "wamr_nano_code_distance")]
    private static extern nint CodeDistance();

    internal static void Fill(ImageArgs* args, byte* bytes, uint size)
    {
        Target(&args->Target);
        nint distance = CodeDistance();
        if (distance != 0 && size >= ImageHeader.Bytes) args->Code = bytes + ((ImageHeader*)bytes)->CodeAt + distance;
    }
}
