// SPDX-License-Identifier: MIT
// Finds the C shadow stack and cuts linear memory off at __heap_base, from what C compilers export.
using System;

namespace Wamr.Nano.Core;

/// <summary>
/// A C program keeps its data below <c>__heap_base</c> and what is above for malloc. Where the module itself never grows nor measures its
/// memory, it has no use of the rest, and the memory need not be larger.
/// </summary>
internal static unsafe class HeapBase
{
    private static ReadOnlySpan<byte> HeapBaseName => "__heap_base"u8;

    private static ReadOnlySpan<byte> DataEndName => "__data_end"u8;

    /// <summary>Fills in <see cref="ModuleInfo.AuxStack"/> and <see cref="MemoryType.TruncatedBytes"/>; leaves both alone without the two exports.</summary>
    internal static void Find(Module* module)
    {
        AuxStack* aux = &module->Info->AuxStack;
        uint heapBase, dataEnd;
        if (!ExportedConstant(module, HeapBaseName, &heapBase) || !ExportedConstant(module, DataEndName, &dataEnd)) return;
        ulong data = Align(dataEnd, 16);
        if (data > heapBase) return;
        aux->HeapBase = heapBase;
        aux->DataEnd = dataEnd;
        Stack(module, (uint)data);
        Truncate(module);
    }

    /// <summary>
    /// The stack pointer is the first mutable i32 that begins where a linker puts one: at a multiple of 16, above the data and at the heap, or
    /// below all data ("stack first"). The stack ends at the data, or at 0. Without such a global it has no size, and nothing is checked: a
    /// variable that were taken for it could not be set.
    /// </summary>
    private static void Stack(Module* module, uint dataEnd)
    {
        AuxStack* aux = &module->Info->AuxStack;
        aux->Bottom = aux->HeapBase;
        for (uint i = module->ImportedGlobals; i < module->GlobalCount; i++)
        {
            Global* global = &module->Globals[i];
            uint value;
            if (global->Mutable == 0 || !Constant(module, global->Entry, &value) || !MayBeTop(module, value, dataEnd)) continue;
            aux->Global = i;
            aux->Bottom = value;
            aux->Size = value > dataEnd ? value - dataEnd : value;
            return;
        }
    }

    private static bool MayBeTop(Module* module, uint value, uint dataEnd) => value % 16 == 0 && value != 0
        && (value == module->Info->AuxStack.HeapBase || (value <= dataEnd && DataLie(module, value, ulong.MaxValue)));

    private static void Truncate(Module* module)
    {
        MemoryType* memory = &module->Info->Memory;
        // An imported memory is its owner's to cut.
        if (memory->Present == 0 || memory->Import != 0 || memory->MayGrow != 0 || module->Runtime->WholePages != 0) return;
        ulong size = Align(module->Info->AuxStack.HeapBase, 8);
        ulong whole = (ulong)memory->Min << memory->PageShift;
        if (size < whole && size <= Config.MaxMemoryBytes && DataLie(module, 0, size)) memory->TruncatedBytes = (uint)size;
    }

    /// <summary>Whether all active data segments have a constant offset and lie from <paramref name="from"/> up to <paramref name="to"/>.</summary>
    private static bool DataLie(Module* module, uint from, ulong to)
    {
        for (uint i = 0; i < module->DataCount; i++)
        {
            DataSegment segment;
            DataSegments.Get(module, i, &segment);
            uint offset;
            if (!segment.Active) continue;
            if (!Constant(module, (uint)(segment.Offset - module->Bytes), &offset) || offset < from || (ulong)offset + segment.Size > to) return false;
        }
        return true;
    }

    /// <summary>Value of an immutable i32 global of the module's own that is exported under <paramref name="name"/> and set by one i32.const.</summary>
    private static bool ExportedConstant(Module* module, ReadOnlySpan<byte> name, uint* value)
    {
        ExternKind kind;
        uint index;
        fixed (byte* bytes = name)
            if (!Exports.Find(module, bytes, (uint)name.Length, &kind, &index)) return false;
        if (kind != ExternKind.Global || index < module->ImportedGlobals) return false;
        Global* global = &module->Globals[index];
        return global->Mutable == 0 && Constant(module, global->Entry, value);
    }

    /// <summary>Value of a valid expression that is one i32.const.</summary>
    internal static bool Constant(Module* module, uint expression, uint* value)
    {
        ByteReader r = Read.Over(module->Bytes, module->Bytes + expression, module->Bytes + module->Size);
        Instr constant = default, end = default;
        InstrReader.Next(&r, &constant, module->Runtime->Features);
        InstrReader.Next(&r, &end, module->Runtime->Features);
        *value = (uint)constant.Bits;
        return constant.Op == Opcode.I32Const && end.Op == Opcode.End;
    }

    private static ulong Align(uint value, uint alignment) => ((ulong)value + alignment - 1) & ~((ulong)alignment - 1);
}
