// SPDX-License-Identifier: MIT
// The function that AssemblyScript programs import to report why they abort: env.abort(message, file, line, column).
using System;
using Wamr.Nano.Core.Host.Wasi;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano.Core.Host;

internal static unsafe class AssemblyScript
{
    /// <summary>How many characters of a text are shown, because a program's text may have any length.</summary>
    private const uint MostShown = 256;

    private const uint ErrorStream = 2;

    /// <summary>Prints <c>abort: message in file(line:column)</c> and traps.</summary>
    internal static WasmError Abort(ExecEnv* env, uint* a)
    {
        Print(env, "abort: "u8);
        Text(env, a[0]);
        Print(env, " in "u8);
        Text(env, a[1]);
        Print(env, "("u8);
        Number(env, a[2]);
        Print(env, ":"u8);
        Number(env, a[3]);
        Print(env, ")\n"u8);
        return WasmError.Unreachable;
    }

    /// <summary>Prints a string object: UTF-16 at its address, the length in bytes before it. 0 is no string.</summary>
    private static void Text(ExecEnv* env, uint address)
    {
        byte* at;
        if (address < 4 || !WasiMemory.Range(env, address - 4, 4, &at))
        {
            Print(env, "?"u8);
            return;
        }
        uint units = Raw.Load32(at) / 2;
        if (units > MostShown) units = MostShown;
        uint high = 0;
        for (uint n = 0; n < units; n++)
        {
            // Computed again each time, because printing may move the memory.
            if (!WasiMemory.Range(env, address, (n + 1) * 2, &at)) return;
            uint unit = Raw.Load16(at + n * 2);
            if (unit >> 10 == 0x36) high = unit;
            else
            {
                // Half of a surrogate pair is not a character, so its appearance depends on the terminal.
                if (unit >> 10 == 0x37 && high != 0) unit += 0x10000 - 0xDC00 + ((high & 0x3FF) << 10);
                high = 0;
                Character(env, unit);
            }
        }
    }

    /// <summary>Prints a character as UTF-8.</summary>
    private static void Character(ExecEnv* env, uint c)
    {
        byte* utf8 = stackalloc byte[4];
        if (c < 0x80)
        {
            utf8[0] = (byte)c;
            Print(env, utf8, 1);
            return;
        }
        uint size = c < 0x800 ? 2u : c < 0x10000 ? 3u : 4u;
        for (uint n = size - 1; n != 0; n--, c >>= 6) utf8[n] = (byte)(0x80 | (c & 0x3F));
        utf8[0] = (byte)(0xF00u >> (int)size | c);
        Print(env, utf8, size);
    }

    private static void Number(ExecEnv* env, uint value)
    {
        byte* digits = stackalloc byte[10];
        uint first = 10;
        do
        {
            digits[--first] = (byte)('0' + value % 10);
            value /= 10;
        }
        while (value != 0);
        Print(env, digits + first, 10 - first);
    }

    private static void Print(ExecEnv* env, ReadOnlySpan<byte> text)
    {
        fixed (byte* p = text) Print(env, p, (uint)text.Length);
    }

    private static void Print(ExecEnv* env, byte* text, uint size)
    {
        PlatformHooks* platform = &env->Instance->Runtime->Platform;
        if (platform->Write != null) platform->Write(platform->Context, ErrorStream, text, size);
    }
}
