// SPDX-License-Identifier: MIT
// Memories and tables of a test script's instances, and their answers.

namespace Wamr.Nano.Boards;

internal static unsafe class SpecStates
{
    /// <summary>Answers with the size of the memory and a digest of its bytes: as Differential/Trace.cs of the tests makes it.</summary>
    internal static void Memory(SpecState* s, SpecModule* m)
    {
        MemoryInst* memory = m == null || m->Instance == null ? null : m->Instance->Memory;
        ByteStream.PutHalf(&s->Out, (uint)(memory == null ? WasmError.UnknownExport : WasmError.None));
        if (memory == null) return;
        ByteStream.PutWord(&s->Out, memory->Size);
        ByteStream.PutWord(&s->Out, Digest(memory->Data, memory->Size));
    }

    /// <summary>Answers with the number of elements of a table and a byte for each: 1 where it is null.</summary>
    internal static void Table(SpecState* s, SpecModule* m, uint index)
    {
        TableInst* table = m == null || m->Instance == null || index >= m->Loaded->TableCount ? null : m->Instance->Tables[index];
        ByteStream.PutHalf(&s->Out, (uint)(table == null ? WasmError.UnknownExport : WasmError.None));
        if (table == null) return;
        ByteStream.PutWord(&s->Out, table->Size);
        for (uint n = 0; n < table->Size; n++) ByteStream.Put(&s->Out, table->Elements[n] == FuncRef.Null ? (byte)1 : (byte)0);
    }

    private static uint Digest(byte* bytes, uint used)
    {
        while (used != 0 && bytes[used - 1] == 0) used--;
        uint digest = 0;
        for (uint at = 0; at < used; at += 4)
        {
            uint word = 0;
            for (uint n = 0; n < 4 && at + n < used; n++) word |= (uint)bytes[at + n] << (int)(8 * n);
            digest ^= word;
            digest = (digest << 5 | digest >> 27) * 0x9E3779B1;
        }
        return digest;
    }
}
