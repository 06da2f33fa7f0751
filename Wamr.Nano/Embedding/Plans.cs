// SPDX-License-Identifier: MIT
// Settings that boards read from a plan of the build, and that a C program sets in another way. The profiles use these classes in both
// cases.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Boards;

internal static unsafe class LoadPlan
{
    /// <summary>The loading rules are already set in the runtime.</summary>
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, Module** module) => ModuleLoader.Load(rt, bytes, size, module);
}

internal static unsafe class ImagePlan
{
    /// <summary>The machine for which the C compiler compiles.</summary>
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
