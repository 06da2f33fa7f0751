// SPDX-License-Identifier: MIT
// Two small modules that sample apps import: sensor.read and console.print. A board backs them with its own channels and console.
using System;

namespace Wamr.Nano.Core;

/// <summary>
/// <c>sensor.read(channel) -> i32</c> gives a channel's value in milli-units, <c>console.print(text, length)</c> writes text to the
/// console. Both go through <see cref="Platform"/>.
/// </summary>
internal static unsafe class SensorModule
{
    private static ReadOnlySpan<byte> Sensor => "sensor\0"u8;

    private static ReadOnlySpan<byte> Console => "console\0"u8;

    private static ReadOnlySpan<byte> Read => "read\0"u8;

    private static ReadOnlySpan<byte> Print => "print\0"u8;

    /// <summary>Offers both modules to apps instantiated from now on.</summary>
    /// <returns><see cref="WasmError.OutOfMemory"/>; nothing is registered then.</returns>
    internal static WasmError Register(Runtime* rt)
    {
        // Constant data does not move: the pointer outlives the fixed block.
        fixed (byte* sensor = Sensor)
        {
            WasmError error = Natives.RegisterFamily(rt, sensor, &FindRead, &ReadChannel);
            if (error != WasmError.None) return error;
        }
        WasmError failed = RegisterConsole(rt);
        if (failed != WasmError.None) Natives.Remove(rt, &rt->Natives);
        return failed;
    }

    /// <summary>Offers <c>console.print</c> alone, for a host that reads its sensors in another way.</summary>
    /// <returns><see cref="WasmError.OutOfMemory"/>.</returns>
    internal static WasmError RegisterConsole(Runtime* rt)
    {
        fixed (byte* console = Console) return Natives.RegisterFamily(rt, console, &FindPrint, &PrintText);
    }

    private static WasmError FindRead(byte* name, uint length, FuncType* type, uint* number) =>
        FindOne(Read, "(i)i\0"u8, name, length, type, number);

    private static WasmError FindPrint(byte* name, uint length, FuncType* type, uint* number) =>
        FindOne(Print, "(ii)\0"u8, name, length, type, number);

    private static WasmError FindOne(ReadOnlySpan<byte> known, ReadOnlySpan<byte> signature, byte* name, uint length, FuncType* type, uint* number)
    {
        *number = 0;
        fixed (byte* knownName = known, s = signature)
            return Natives.NameEquals(knownName, name, length) ? Signature.Match(s, type) : WasmError.UnknownImport;
    }

    private static WasmError ReadChannel(ExecEnv* env, void* slots, void* number)
    {
        Platform* platform = &env->Instance->Module->Runtime->Platform;
        uint* value = (uint*)slots;
        *value = platform->ReadSensor == null ? 0 : (uint)platform->ReadSensor(platform->Context, *value);
        return WasmError.None;
    }

    private static WasmError PrintText(ExecEnv* env, void* slots, void* number)
    {
        const uint output = 1;
        uint text = ((uint*)slots)[0], length = ((uint*)slots)[1];
        if (!AppMemory.Validate(env->Instance, text, length)) return WasmError.BadAppAddress;
        Platform* platform = &env->Instance->Module->Runtime->Platform;
        if (platform->Write != null && length != 0) platform->Write(platform->Context, output, AppMemory.ToNative(env->Instance, text), length);
        return WasmError.None;
    }
}
