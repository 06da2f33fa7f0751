// SPDX-License-Identifier: MIT
// Finds what a valid module needs but this runtime can never provide. Such a module could be loaded and compiled, but never instantiated.
using System.Globalization;

namespace Wamr.Nano.Tool.Apps;

internal static unsafe class Instantiability
{
    /// <param name="module">A loaded module.</param>
    /// <param name="heapBytes">App heap its instances get.</param>
    /// <exception cref="WasmException">No instance can be made of it: the limit, and what is beyond.</exception>
    internal static void Demand(NanoModule module, uint heapBytes = 0)
    {
        Module* m = module.Pointer;
        Memory(&m->Info->Memory, heapBytes);
        for (uint i = 0; i < m->TableCount; i++)
            if (m->Tables[i].Min > Config.MaxTableSize)
                throw Refused(WasmError.TableTooLarge, i, $"table {i} begins with {m->Tables[i].Min:N0} elements");
        for (uint i = 0; i < m->ElemCount; i++) Elements(m, i);
    }

    private static void Memory(MemoryType* memory, uint heapBytes)
    {
        if (memory->Present == 0) return;
        ulong bytes = (memory->TruncatedBytes != 0 ? memory->TruncatedBytes : (ulong)memory->Min << memory->PageShift) + heapBytes;
        string heap = heapBytes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and an app heap of {heapBytes:N0} B");
        ulong page = 1u << memory->PageShift, most = Config.MaxMemoryBytes / page;
        if (bytes > Config.MaxMemoryBytes)
            throw Refused(WasmError.MemoryTooLarge, 0,
                $"it begins with {memory->Min:N0} pages of {page:N0} B{heap}; at most {most:N0} pages are possible");
    }

    /// <summary>A segment that is copied into a table of the module's own, which has its least size then.</summary>
    private static void Elements(Module* m, uint index)
    {
        ByteReader r;
        ElemSegment segment;
        uint offset;
        ElemSegments.Get(m, index, &r, &segment);
        if (segment.Mode != ElemMode.Active || segment.Table < m->ImportedTables
            || !HeapBase.Constant(m, (uint)(segment.Offset - m->Bytes), &offset))
            return;
        ulong end = (ulong)offset + segment.Count, size = m->Tables[segment.Table].Min;
        if (end > size)
            throw Refused(WasmError.TableOutOfBounds, index,
                $"element segment {index} fills table {segment.Table} up to {end:N0} of {size:N0} elements");
    }

    private static WasmException Refused(WasmError error, uint index, System.FormattableString what) =>
        new(error, new ErrorInfo { Offset = ErrorInfo.Unknown, Index = index },
            detail: what.ToString(CultureInfo.InvariantCulture) + ": no instance can be made");
}
