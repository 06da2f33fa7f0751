// SPDX-License-Identifier: MIT
// Finds the C stack, and cuts linear memory at __heap_base, using the exports of C compilers.
using System;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

/// <summary>
/// A C program keeps its data below <c>__heap_base</c>, and leaves the memory above it to malloc. If the module never grows or measures its
/// memory, it does not use the rest, so the memory can end there.
/// </summary>
internal static unsafe class HeapBase
{
    private const uint StackAlignment = 16;

    private static ReadOnlySpan<byte> HeapBaseName => "__heap_base"u8;

    private static ReadOnlySpan<byte> DataEndName => "__data_end"u8;

    private static ReadOnlySpan<byte> StackPointerName => "__stack_pointer"u8;

    /// <summary>The range of the active data segments.</summary>
    private struct DataSpan
    {
        internal uint Start;

        /// <summary>The end of the highest byte; larger than any memory if an offset is not a constant.</summary>
        internal ulong End;
    }

    /// <summary>
    /// Fills in <see cref="ModuleInfo.AuxStack"/> and <see cref="MemoryType.TruncatedBytes"/>; changes neither without the two exports.
    /// </summary>
    internal static void Find(Module* module, LoadRules* rules)
    {
        AuxStack* aux = &module->Info->AuxStack;
        uint heapBase, dataEnd;
        if (!ExportedConstant(module, HeapBaseName, &heapBase) || !ExportedConstant(module, DataEndName, &dataEnd) || dataEnd > heapBase)
            return;
        aux->HeapBase = heapBase;
        aux->DataEnd = dataEnd;
        aux->Bottom = heapBase;
        DataSpan data = DataOf(module);
        Stack(module, rules->StackPointer, &data);
        if (rules->WholePages == 0) Truncate(module, &data);
    }

    /// <summary>
    /// The stack pointer is a mutable i32 that starts where a linker puts a stack: at a multiple of 16, above the data and at the heap, or
    /// below all data ("stack first"). The stack ends at the data, or at 0. The module may name the variable. Otherwise, the first such
    /// variable is the candidate, and the way that functions use it must prove that it is the stack pointer (<c>StackPointer</c>), because
    /// setting any other variable would trap by mistake.
    /// </summary>
    private static void Stack(Module* module, ushort known, DataSpan* data)
    {
        uint named = Named(module, known);
        for (uint i = named != Module.NoIndex ? named : module->ImportedGlobals; i < module->GlobalCount; i++)
        {
            Global* global = &module->Globals[i];
            uint top, size;
            if (global->Mutable != 0 && global->Type == ValType.I32 && Constant(module, global->Entry, &top))
            {
                size = StackSize(&module->Info->AuxStack, data, top);
                if (size != 0)
                {
                    module->Info->AuxStack.Global = i;
                    module->Info->AuxStack.Bottom = top;
                    module->Info->AuxStack.Size = size;
                    module->StackProof = named != Module.NoIndex ? StackProof.Named : StackProof.None;
                    return;
                }
            }
            if (named != Module.NoIndex) return;
        }
    }

    /// <summary>
    /// The module's own global that the embedder or an export names as the stack pointer; <see cref="Module.NoIndex"/> for none.
    /// </summary>
    private static uint Named(Module* module, ushort known)
    {
        ExternKind kind = ExternKind.Global;
        uint index = (uint)known - 1;
        if (known is 0 or LoadRules.UncheckedStack)
        {
            fixed (byte* name = StackPointerName)
                if (!Exports.Find(module, name, (uint)StackPointerName.Length, &kind, &index)) return Module.NoIndex;
        }
        return kind == ExternKind.Global && index >= module->ImportedGlobals && index < module->GlobalCount ? index : Module.NoIndex;
    }

    /// <summary>The size in bytes of a stack that begins at <paramref name="top"/>; 0 if there is none.</summary>
    private static uint StackSize(AuxStack* aux, DataSpan* data, uint top)
    {
        if (top % StackAlignment != 0) return 0;
        ulong end = Align(aux->DataEnd, StackAlignment);
        if (top > end) return top == aux->HeapBase ? top - (uint)end : 0;
        return top <= aux->DataEnd && top <= data->Start ? top : 0;
    }

    private static void Truncate(Module* module, DataSpan* data)
    {
        MemoryType* memory = &module->Info->Memory;
        // Only the owner of a memory can cut it.
        if (memory->Present == 0 || memory->Import != 0 || memory->MayGrow != 0) return;
        ulong size = Align(module->Info->AuxStack.HeapBase, 8);
        ulong whole = (ulong)memory->Min << memory->PageShift;
        if (size < whole && size <= Config.MaxMemoryBytes && data->End <= size) memory->TruncatedBytes = (uint)size;
    }

    private static DataSpan DataOf(Module* module)
    {
        DataSpan span = default;
        span.Start = uint.MaxValue;
        for (uint i = 0; i < module->DataCount; i++)
        {
            DataSegment segment;
            DataSegments.Get(module, i, &segment);
            uint offset = 0;
            if (!segment.Active) continue;
            bool known = Constant(module, (uint)(segment.Offset - module->Bytes), &offset);
            ulong end = known ? (ulong)offset + segment.Size : ulong.MaxValue;
            if (!known) offset = 0;
            if (offset < span.Start) span.Start = offset;
            if (end > span.End) span.End = end;
        }
        return span;
    }

    /// <summary>
    /// The value of the module's own immutable i32 global that is exported as <paramref name="name"/> and initialised by one i32.const.
    /// </summary>
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

    /// <summary>The value of a valid expression that consists of one i32.const.</summary>
    internal static bool Constant(Module* module, uint expression, uint* value)
    {
        ByteReader r = Read.Over(module->Bytes, module->Bytes + expression, module->Bytes + module->Size);
        Instr constant = default, end = default;
        InstrReader.Next(&r, &constant, Features.All);
        InstrReader.Next(&r, &end, Features.All);
        *value = (uint)constant.Bits;
        return constant.Op == Opcode.I32Const && end.Op == Opcode.End;
    }

    private static ulong Align(uint value, uint alignment) => ((ulong)value + alignment - 1) & ~((ulong)alignment - 1);
}
