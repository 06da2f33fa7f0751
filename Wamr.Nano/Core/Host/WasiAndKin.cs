// SPDX-License-Identifier: MIT
// WASI preview 1, and what else compilers expect from a host: preview 0, and AssemblyScript's env.abort.
using System;
using Wamr.Nano.Core.Host.Wasi;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host;

/// <summary>
/// A family that replaces <see cref="WasiModule"/>, for hosts with enough flash. Its row takes no more RAM than the row for WASI alone.
/// </summary>
internal static unsafe class WasiAndKin
{
    /// <summary>Numbers beyond those of <see cref="WasiFunction"/>: a bit that marks a function of preview 0, and abort.</summary>
    private const uint Unstable = 0x80, Abort = 0x7F;

    /// <summary>By how many bytes a subscription of preview 0 is larger, and a filestat smaller.</summary>
    private const uint Skew = 8;

    /// <summary>Preview 0, which compilers targeted until 2020. It has all functions except sock_accept.</summary>
    private static ReadOnlySpan<byte> UnstableName => "wasi_unstable\0"u8;

    private static ReadOnlySpan<byte> Env => "env\0"u8;

    private static ReadOnlySpan<byte> AbortName => "abort\0"u8;

    private static ReadOnlySpan<byte> AbortType => "(iiii)\0"u8;

    /// <summary>Offers them to modules that are instantiated from now on.</summary>
    /// <returns><see cref="WasmError.OutOfMemory"/>.</returns>
    internal static WasmError Register(Runtime* rt) => HostFuncs.RegisterFamily(rt, &Find, &Call);

    private static WasmError Find(ImportRequest* request, uint* number)
    {
        WasmError error = WasiNames.Find(request, number);
        if (error != WasmError.UnknownImport) return error;
        fixed (byte* unstable = UnstableName, env = Env)
        {
            if (HostFuncs.NameEquals(env, request->ModuleName, request->ModuleLength)) return FindAbort(request, number);
            if (!HostFuncs.NameEquals(unstable, request->ModuleName, request->ModuleLength)) return WasmError.UnknownImport;
        }
        error = WasiNames.FindFunction(request, number);
        *number |= Unstable;
        return error;
    }

    /// <summary>Other compilers also import an env.abort, with another type.</summary>
    private static WasmError FindAbort(ImportRequest* request, uint* number)
    {
        *number = Abort;
        fixed (byte* name = AbortName, type = AbortType)
        {
            bool isAbort = HostFuncs.NameEquals(name, request->Name, request->NameLength)
                && Signature.Match(type, Linker.TypeOf(request->Module, request->Index)) == WasmError.None;
            return isAbort ? WasmError.None : WasmError.UnknownImport;
        }
    }

    private static WasmError Call(ExecEnv* env, void* slots, void* number)
    {
        uint function = (uint)(nuint)number;
        if (function == Abort) return AssemblyScript.Abort(env, (uint*)slots);
        return WasiModule.Serve(env, (uint*)slots, (WasiFunction)(byte)(function & ~Unstable), (function & Unstable) != 0 ? Skew : 0);
    }
}
