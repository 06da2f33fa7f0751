// SPDX-License-Identifier: MIT
// Calls between host and wasm (spec chapters 4.5.5 "Invocation", 4.4.8 "host functions"): from wasm to the host, and by name into wasm.
using System;
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Calls
{
    /// <summary>
    /// The function that a WASI library (a "reactor") has instead of <c>_start</c>. It must be called once, before anything else.
    /// </summary>
    private static ReadOnlySpan<byte> InitializeName => "_initialize"u8;

    /// <summary>Runs a host function for the interpreter.</summary>
    /// <param name="env">The environment that calls.</param>
    /// <param name="binding">The binding of the import. It is not a function of another instance.</param>
    /// <param name="type">Type of the import.</param>
    /// <param name="slots">Arguments; results are written over them from slot 0.</param>
    /// <returns>
    /// <see cref="WasmError.UnlinkedFunction"/> if the import is not bound. Then <see cref="Runtime.Error"/> has its index, and
    /// <see cref="ErrorInfo.Asked"/> the number of the importing instance. Otherwise the function's trap, or an exception that was set and
    /// not cleared while it ran.
    /// </returns>
    internal static WasmError Host(ExecEnv* env, FuncBinding* binding, FuncType* type, uint* slots)
    {
        HostFunc* row = binding->Host;
        if (row == null) return Unlinked(env->Instance, binding);
        if (row->Form == HostForm.Direct) return Direct(env, row->Function, type, slots);
        WasmError error = row->Form switch
        {
            HostForm.Slots => row->Function(env, slots, row->UserData),
            HostForm.Family => row->Function(env, slots, (void*)(nuint)binding->FunctionIndex),
            _ => HostCells.Call(env, row, type, slots),
        };
        return error != WasmError.None ? error : env->Trap;
    }

    private static WasmError Unlinked(Instance* instance, FuncBinding* binding)
    {
        Runtime* rt = instance->Runtime;
        Runtimes.Fail(rt, WasmError.UnlinkedFunction, ErrorInfo.Unknown, (uint)(binding - instance->Imports));
        rt->Error.Asked = instance->Id;
        return WasmError.UnlinkedFunction;
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // on .NET a call to C is a frame of its own kind
    private static WasmError Direct(ExecEnv* env, void* function, FuncType* type, uint* slots)
    {
        ulong result = type->ParamCount switch
        {
            0 => ((delegate* unmanaged<ExecEnv*, ulong>)function)(env),
            1 => ((delegate* unmanaged<ExecEnv*, uint, ulong>)function)(env, slots[0]),
            2 => ((delegate* unmanaged<ExecEnv*, uint, uint, ulong>)function)(env, slots[0], slots[1]),
            _ => ((delegate* unmanaged<ExecEnv*, uint, uint, uint, ulong>)function)(env, slots[0], slots[1], slots[2]),
        };
        if (type->ResultCount != 0) *slots = (uint)result;
        return (WasmError)(result >> 32);
    }

    /// <summary>Calls an exported function.</summary>
    /// <param name="env">The environment in which it runs.</param>
    /// <param name="name">UTF-8.</param>
    /// <param name="length">Bytes of the name.</param>
    /// <param name="slots">Arguments, and then results, in 32-bit slots; an i64 or f64 takes two, the low one first.</param>
    /// <param name="slotCount">The number of slots, which must suffice for the arguments and for the results.</param>
    /// <returns><see cref="WasmError.UnknownExport"/>, <see cref="WasmError.ArgumentCountMismatch"/>, or the trap.</returns>
    internal static WasmError ByName(ExecEnv* env, byte* name, uint length, uint* slots, uint slotCount)
    {
        Module* module = env->Instance->Module;
        ExternKind kind;
        uint index;
        if (!Exports.Find(module, name, length, &kind, &index) || kind != ExternKind.Func)
            return Runtimes.Fail(env->Instance->Runtime, WasmError.UnknownExport);
        WasmError error = CheckSlots(env->Instance, index, slotCount);
        return error == WasmError.None ? Function(env, index, slots) : error;
    }

    /// <summary>Whether so many slots hold the arguments of a function, and its results.</summary>
    /// <returns><see cref="WasmError.ArgumentCountMismatch"/> if they do not.</returns>
    internal static WasmError CheckSlots(Instance* instance, uint function, uint slotCount)
    {
        FuncType* type = &instance->Module->Types[instance->Module->Functions[function].TypeIndex];
        uint needed = type->ParamSlots > type->ResultSlots ? type->ParamSlots : type->ResultSlots;
        if (slotCount >= needed) return WasmError.None;
        return Runtimes.FailValue(instance->Runtime, WasmError.ArgumentCountMismatch, needed, slotCount);
    }

    /// <summary>
    /// Runs <c>_initialize</c> of a library, before the function <paramref name="name"/> is called in an instance for the first time. Does
    /// nothing if there is no such function, or if it is the one being called.
    /// </summary>
    /// <returns>Its trap.</returns>
    internal static WasmError Initialize(ExecEnv* env, byte* name, uint length)
    {
        Module* module = env->Instance->Module;
        ExternKind kind;
        uint index;
        fixed (byte* own = InitializeName)
        {
            if (length == (uint)InitializeName.Length && Raw.Equal(name, own, length)) return WasmError.None;
            if (!Exports.Find(module, own, (uint)InitializeName.Length, &kind, &index) || kind != ExternKind.Func) return WasmError.None;
        }
        FuncType* type = &module->Types[module->Functions[index].TypeIndex];
        uint none;
        return type->ParamCount != 0 || type->ResultCount != 0 ? WasmError.None : Function(env, index, &none);
    }

    /// <summary>
    /// Calls a function of the environment's instance, imported or defined. <paramref name="slots"/> holds the arguments, 32-bit cells, an
    /// i64 or f64 low word first, and receives the results; it must have room for the larger of both. Host functions may call back through
    /// this.
    /// </summary>
    /// <returns>
    /// The trap, also left in <see cref="ExecEnv.Trap"/>; with <see cref="WasmError.FuelExhausted"/> and <see cref="ExecEnv.Suspended"/>
    /// set the call can be resumed. Any new call drops a suspended one.
    /// </returns>
    internal static WasmError Function(ExecEnv* env, uint function, uint* slots)
    {
        WasmError error = env->Depth != 0 ? Fuel.Call(env) : WasmError.None;
        if (error == WasmError.None) return env->Instance->Loaded->Engine.Call(env, function, slots);
        env->TrapInstance = null;
        env->Trap = error;
        return error;
    }

    /// <summary>
    /// Continues a call that ran out of fuel. The caller should have raised <see cref="ExecEnv.Fuel"/>. Results and errors are those of
    /// <see cref="Function"/>, and <see cref="WasmError.NotSuspended"/> if no call is suspended.
    /// </summary>
    internal static WasmError Resume(ExecEnv* env, uint* slots) => env->Instance->Loaded->Engine.Resume(env, slots);
}
