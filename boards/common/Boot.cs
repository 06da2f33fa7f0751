// SPDX-License-Identifier: MIT
// Makes a runtime in the board's memory. Every program for a board begins with this.
using System.Runtime.CompilerServices;

namespace Wamr.Nano.Boards;

internal static unsafe class Boot
{
    /// <summary>Makes a runtime in the memory of the board's allocator. Null if that is too small.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // as below: what a step has on the stack is gone before the next
    internal static Runtime* Start(MemoryRegion* regions, uint count, BoardState* state)
    {
        Runtime* rt = BoardMemory.Open(regions, count);
        if (rt == null) return null;
        Stack.Init(state);
        PlatformHooks platform = default;
        Board.Fill(&platform, state);
        Runtimes.Init(rt, &platform, Features.All);
        Profile.Start(rt);
        return rt;
    }

    /// <summary>Loads what the profile can run.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static WasmError Open(Runtime* rt, byte* bytes, uint size, Module** module) => Profile.Load(rt, bytes, size, module);

    /// <summary>
    /// Like <see cref="Open"/>. Host modules are registered only when a module imports something; until then they need no memory.
    /// </summary>
    internal static WasmError Load(Runtime* rt, byte* bytes, uint size, Module** module)
    {
        WasmError error = Open(rt, bytes, size, module);
        return error == WasmError.None ? HostModules(rt, *module) : error;
    }

    /// <summary>Registers what a loaded module may import; unloads the module if that fails.</summary>
    internal static WasmError HostModules(Runtime* rt, Module* module)
    {
        if (module->ImportCount == 0 || rt->HostGroups != null) return WasmError.None;
        WasmError error = Profile.Register(rt);
        if (error != WasmError.None) Modules.Unload(module);
        return error;
    }
}
