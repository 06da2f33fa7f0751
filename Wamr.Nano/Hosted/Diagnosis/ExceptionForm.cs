// SPDX-License-Identifier: MIT
// Whether a module's code catches exceptions in the old form (try and catch), or in that of the standard (try_table).
using System;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

internal static unsafe class ExceptionForm
{
    private const byte CodeSection = 10, Try = 0x06, Catch = 0x07, Throw = 0x08, Rethrow = 0x09, ThrowRef = 0x0A, Delegate = 0x18,
        CatchAll = 0x19, TryTable = 0x1F;

    /// <summary>The first instruction of either form decides.</summary>
    internal static bool IsOld(ReadOnlySpan<byte> module)
    {
        foreach ((byte id, uint start, uint size) in ModuleSections.Of(module))
            if (id == CodeSection) return InCode(module.Slice((int)start, (int)size));
        return false;
    }

    private static bool InCode(ReadOnlySpan<byte> code)
    {
        fixed (byte* start = code)
        {
            ByteReader r = Read.Over(start, start, start + code.Length);
            for (uint left = Read.U32(&r); left != 0 && r.Error == WasmError.None; left--)
            {
                uint size = Read.U32(&r);
                byte* body = Read.Bytes(&r, size);
                if (body != null && InBody(Read.Over(start, body, body + size)) is bool old) return old;
            }
        }
        return false;
    }

    /// <summary>Null for a function without any.</summary>
    private static bool? InBody(ByteReader r)
    {
        for (uint runs = Read.Count(&r); runs != 0 && r.Error == WasmError.None; runs--)
        {
            Read.U32(&r);
            Read.U8(&r);
        }
        Instr instruction;
        while (r.Pos < r.End && r.Error == WasmError.None)
        {
            if (*r.Pos is Try or Catch or Rethrow or Delegate or CatchAll) return true;
            if (*r.Pos == Throw)
            {
                r.Pos++;
                Read.U32(&r);
            }
            else InstrReader.Next(&r, &instruction, Features.All);
        }
        return r.Error == WasmError.UnsupportedFeature && r.Base[r.ErrorOffset] is TryTable or ThrowRef ? false : null;
    }
}
