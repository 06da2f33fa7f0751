// SPDX-License-Identifier: MIT
// Where a module's instructions are.
using System.Collections.Generic;

namespace Wamr.Nano.Tests.TestKit.Generated;

/// <param name="Function">Index of the function.</param>
/// <param name="At">Offset of the first byte in the module.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Op">What it is.</param>
internal sealed record InstrPlace(uint Function, int At, int Length, Opcode Op)
{
    /// <summary>All instructions in their order; none of a module that is not valid.</summary>
    public static unsafe List<InstrPlace> Of(byte[] module)
    {
        List<InstrPlace> places = [];
        using Pool pool = new(4 * 1024 * 1024);
        Runtimes.Init(pool.Runtime, null, Features.All);
        fixed (byte* bytes = module)
        {
            Core.Wasm.Module* m;
            if (ModuleLoader.Load(pool.Runtime, bytes, (uint)module.Length, &m) == WasmError.None)
            {
                for (uint f = m->ImportedFunctions; f < m->FunctionCount; f++) Add(places, m, f);
                Modules.Unload(m);
            }
        }
        Runtimes.Destroy(pool.Runtime);
        return places;
    }

    private static unsafe void Add(List<InstrPlace> places, Core.Wasm.Module* m, uint function)
    {
        ByteReader r = Read.Over(m->Bytes, m->Bytes + m->Functions[function].Entry, m->Bytes + m->Size);
        uint bytes = Read.U32(&r);
        r.End = r.Pos + bytes;
        for (uint runs = Read.U32(&r); runs != 0; runs--)
        {
            Read.U32(&r);
            Read.U8(&r);
        }
        Instr i;
        while (r.Pos < r.End)
        {
            InstrReader.Next(&r, &i, Features.All);
            places.Add(new(function, (int)(i.Start - m->Bytes), (int)(r.Pos - i.Start), i.Op));
        }
    }
}
