// SPDX-License-Identifier: MIT
// Two small modules that sample apps import: sensor.read and console.print. A board implements them with its own sensor channels and
// console.
using System;
using System.Runtime.InteropServices;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host;

/// <summary>
/// <c>sensor.read(channel) -> i32</c> returns a channel's value in thousandths of a unit, and <c>console.print(text, length)</c> writes
/// text to the console. Both use <see cref="PlatformHooks"/>.
/// </summary>
internal static unsafe class SensorModule
{
    private static ReadOnlySpan<byte> Sensor => "sensor\0"u8;

    private static ReadOnlySpan<byte> Read => "read\0"u8;

    private static ReadOnlySpan<byte> ReadSignature => "(i)i\0"u8;

    private static ReadOnlySpan<byte> Console => "console\0"u8;

    private static ReadOnlySpan<byte> Print => "print\0"u8;

    private static ReadOnlySpan<byte> PrintSignature => "(ii)\0"u8;

    /// <summary>Offers both modules to apps instantiated from now on.</summary>
    /// <returns><see cref="WasmError.OutOfMemory"/>. Then nothing is registered.</returns>
    internal static WasmError Register(Runtime* rt)
    {
        // Constant data does not move, so the pointers stay valid after the fixed block.
        fixed (byte* module = Sensor, name = Read, signature = ReadSignature)
        {
            delegate* unmanaged<ExecEnv*, uint, ulong> read = &ReadChannel;
            WasmError error = HostFuncs.RegisterDirect(rt, module, name, signature, read);
            if (error != WasmError.None) return error;
        }
        WasmError failed = RegisterConsole(rt);
        if (failed != WasmError.None) HostFuncs.Remove(rt, &rt->HostGroups);
        return failed;
    }

    private static WasmError RegisterConsole(Runtime* rt)
    {
        delegate* unmanaged<ExecEnv*, uint, uint, ulong> print = &PrintText;
        fixed (byte* module = Console, name = Print, signature = PrintSignature)
            return HostFuncs.RegisterDirect(rt, module, name, signature, print);
    }

    [UnmanagedCallersOnly]
    private static ulong ReadChannel(ExecEnv* env, uint channel)
    {
        PlatformHooks* platform = &env->Instance->Runtime->Platform;
        return platform->ReadSensor == null ? 0 : (uint)platform->ReadSensor(platform->Context, channel);
    }

    [UnmanagedCallersOnly]
    private static ulong PrintText(ExecEnv* env, uint text, uint length)
    {
        const uint output = 1;
        if (!AppMemory.Validate(env->Instance, text, length)) return HostFuncs.Trap(WasmError.BadAppAddress);
        // Native code keeps its slice of fuel in a register, so the text is paid from the rest.
        env->Budget = 0;
        uint written = HostOutput.Write(env, output, text, length);
        // The function returns no count to the app, so a text that was cut is a trap, not a success.
        return written < length && !Fuel.MayWork(env) ? HostFuncs.Trap(Fuel.Reason(env)) : 0;
    }
}
