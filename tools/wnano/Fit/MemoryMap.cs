// SPDX-License-Identifier: MIT
// Where a module's initial data lies, and where its C stack begins, as far as its sections show that.
using System;

namespace Wamr.Nano.Tool.Fit;

/// <param name="DataStart">Lowest byte of the active data segments; 0 without any.</param>
/// <param name="DataEnd">Behind their highest byte; null if an offset is no constant.</param>
/// <param name="StackPointer">
/// The index of the global that looks like C's stack pointer: the first mutable i32; -1 if there is none.
/// </param>
/// <param name="StackTop">Its initial value; 0 without one.</param>
internal sealed record MemoryMap(uint DataStart, ulong? DataEnd, int StackPointer, uint StackTop)
{
    internal uint StaticEnd => (uint)Math.Min(Math.Max(DataEnd ?? 0, StackTop), uint.MaxValue);

    internal static unsafe MemoryMap Of(NanoModule module)
    {
        Module* m = module.Pointer;
        uint start = uint.MaxValue, value;
        ulong? end = 0;
        for (uint i = 0; i < m->DataCount; i++)
        {
            DataSegment segment;
            DataSegments.Get(m, i, &segment);
            if (!segment.Active) continue;
            bool known = HeapBase.Constant(m, (uint)(segment.Offset - m->Bytes), &value);
            end = known && end != null ? Math.Max(end.Value, (ulong)value + segment.Size) : null;
            if (known) start = Math.Min(start, value);
        }
        for (uint i = m->ImportedGlobals; i < m->GlobalCount; i++)
            if (m->Globals[i].Mutable != 0 && m->Globals[i].Type == ValType.I32 && HeapBase.Constant(m, m->Globals[i].Entry, &value))
                return new(start == uint.MaxValue ? 0 : start, end, (int)i, value);
        return new(start == uint.MaxValue ? 0 : start, end, -1, 0);
    }
}
