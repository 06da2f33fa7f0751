// SPDX-License-Identifier: MIT
// Memory and table instructions of the reference evaluator (spec chapters 4.4.6, 4.4.7), on arrays of C#.
using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace Wamr.Nano.Tests.TestKit.Reference;

internal static unsafe class ReferenceState
{
    public static void Run(ReferenceActivation a, Instr* i)
    {
        ReferenceInstance instance = a.Instance;
        switch (i->Op)
        {
            case >= Opcode.I32Load and <= Opcode.I64Load32U: Load(a, i); break;
            case >= Opcode.I32Store and <= Opcode.I64Store32: Store(a, i); break;
            case Opcode.MemorySize: a.Push((uint)instance.Memory!.Bytes.Length >> instance.Memory.PageShift); break;
            case Opcode.MemoryGrow:
                uint pages = (uint)a.Pop(), before = Grow(instance.Memory!, pages);
                if (pages != 0 && before != 0xFFFFFFFF) a.Machine.Charge((ulong)instance.Memory!.Bytes.Length);
                a.Push(before);
                break;
            case Opcode.RefNull: a.Push(0); break;
            case Opcode.RefIsNull: a.Push(a.Pop() == 0 ? 1u : 0); break;
            case Opcode.RefFunc: a.Push(FuncRef.Of(instance.Engine, i->A)); break;
            case Opcode.DataDrop: instance.DroppedData.Add(i->A); break;
            case Opcode.ElemDrop: instance.DroppedElements.Add(i->A); break;
            case Opcode.MemoryInit or Opcode.MemoryCopy or Opcode.MemoryFill or Opcode.TableInit or Opcode.TableCopy:
                uint count = (uint)a.Pop(), from = (uint)a.Pop(), to = (uint)a.Pop();
                Bulk(instance, i, to, from, count);
                // The items of a segment are as long as they are, so those before the first are gone over too.
                a.Machine.Charge(i->Op == Opcode.TableInit && count != 0 ? (ulong)from + count : count);
                break;
            default: Table(a, i, instance.Tables[(int)i->A]); break;
        }
    }

    private static void Load(ReferenceActivation a, Instr* i)
    {
        ReadOnlySpan<byte> at = At(a, i, a.Pop());
        a.Push(i->Op switch
        {
            Opcode.I32Load8S => (uint)(sbyte)at[0],
            Opcode.I32Load16S => (uint)BinaryPrimitives.ReadInt16LittleEndian(at),
            Opcode.I64Load8S => (ulong)(sbyte)at[0],
            Opcode.I64Load16S => (ulong)BinaryPrimitives.ReadInt16LittleEndian(at),
            Opcode.I64Load32S => (ulong)BinaryPrimitives.ReadInt32LittleEndian(at),
            _ => Unsigned(at),
        });
    }

    private static ulong Unsigned(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        for (int n = bytes.Length; n-- > 0;) value = value << 8 | bytes[n];
        return value;
    }

    private static void Store(ReferenceActivation a, Instr* i)
    {
        ulong value = a.Pop();
        foreach (ref byte b in At(a, i, a.Pop()))
        {
            b = (byte)value;
            value >>= 8;
        }
    }

    /// <summary>The bytes an access is to.</summary>
    private static Span<byte> At(ReferenceActivation a, Instr* i, ulong address)
    {
        int bytes = i->Op switch
        {
            Opcode.I32Load8S or Opcode.I32Load8U or Opcode.I64Load8S or Opcode.I64Load8U or Opcode.I32Store8 or Opcode.I64Store8 => 1,
            Opcode.I32Load16S or Opcode.I32Load16U or Opcode.I64Load16S or Opcode.I64Load16U or Opcode.I32Store16 or Opcode.I64Store16 => 2,
            Opcode.I64Load or Opcode.F64Load or Opcode.I64Store or Opcode.F64Store => 8,
            _ => 4,
        };
        byte[] memory = a.Instance.Memory!.Bytes;
        ulong at = address + i->B;
        return at + (ulong)bytes > (ulong)memory.Length ? throw new ReferenceTrap(WasmError.MemoryOutOfBounds)
            : memory.AsSpan((int)at, bytes);
    }

    private static uint Grow(ReferenceMemory memory, uint delta)
    {
        ulong old = (ulong)memory.Bytes.Length, size = old + ((ulong)delta << memory.PageShift);
        if (size > memory.MaxBytes) return 0xFFFFFFFF;
        byte[] grown = new byte[size];
        memory.Bytes.CopyTo(grown, 0);
        memory.Bytes = grown;
        return (uint)(old >> memory.PageShift);
    }

    private static void Bulk(ReferenceInstance instance, Instr* i, uint to, uint from, uint count)
    {
        Core.Wasm.Module* module = instance.Module;
        switch (i->Op)
        {
            case Opcode.MemoryFill: Target(instance, to, count).Fill((byte)from); break;
            case Opcode.MemoryCopy: CopyBytes(instance, to, instance.Memory!.Bytes, from, count); break;
            case Opcode.MemoryInit:
                DataSegment data;
                DataSegments.Get(module, i->A, &data);
                ReadOnlySpan<byte> bytes = instance.DroppedData.Contains(i->A) ? default : new(data.Data, (int)data.Size);
                CopyBytes(instance, to, bytes, from, count);
                break;
            case Opcode.TableCopy: CopyElements(instance.Tables[(int)i->A], to,
                [.. instance.Tables[(int)i->B].Elements], from, count); break;
            default:
                ByteReader items;
                ElemSegment segment;
                ElemSegments.Get(module, i->A, &items, &segment);
                List<uint> elements = [];
                if (!instance.DroppedElements.Contains(i->A))
                    for (uint n = 0; n < segment.Count; n++) elements.Add(FuncRef.Of(instance.Engine, Read.U32(&items)));
                CopyElements(instance.Tables[(int)i->B], to, elements, from, count);
                break;
        }
    }

    private static Span<byte> Target(ReferenceInstance instance, uint to, uint count)
    {
        byte[] memory = instance.Memory!.Bytes;
        return (ulong)to + count > (ulong)memory.Length ? throw new ReferenceTrap(WasmError.MemoryOutOfBounds)
            : memory.AsSpan((int)to, (int)count);
    }

    private static void CopyBytes(ReferenceInstance instance, uint to, ReadOnlySpan<byte> source, uint from, uint count)
    {
        if ((ulong)from + count > (ulong)source.Length) throw new ReferenceTrap(WasmError.MemoryOutOfBounds);
        source.Slice((int)from, (int)count).CopyTo(Target(instance, to, count));
    }

    private static void CopyElements(ReferenceTable table, uint to, List<uint> source, uint from, uint count)
    {
        if ((ulong)from + count > (ulong)source.Count || (ulong)to + count > (ulong)table.Elements.Count)
            throw new ReferenceTrap(WasmError.TableOutOfBounds);
        for (int n = 0; n < count; n++) table.Elements[(int)to + n] = source[(int)from + n];
    }

    private static void Table(ReferenceActivation a, Instr* i, ReferenceTable table)
    {
        List<uint> elements = table.Elements;
        switch (i->Op)
        {
            case Opcode.TableSize: a.Push((uint)elements.Count); break;
            case Opcode.TableGet: a.Push(elements[Index(table, (uint)a.Pop(), 1)]); break;
            case Opcode.TableSet:
                uint reference = (uint)a.Pop();
                elements[Index(table, (uint)a.Pop(), 1)] = reference;
                break;
            case Opcode.TableGrow:
                uint delta = (uint)a.Pop(), value = (uint)a.Pop();
                bool fits = (ulong)elements.Count + delta <= table.Max;
                a.Push(fits ? (uint)elements.Count : 0xFFFFFFFF);
                for (uint n = 0; fits && n < delta; n++) elements.Add(value);
                if (fits && delta != 0) a.Machine.Charge((ulong)elements.Count);
                break;
            case Opcode.TableFill:
                uint count = (uint)a.Pop(), filler = (uint)a.Pop(), at = (uint)a.Pop();
                Index(table, at, count);
                for (uint n = 0; n < count; n++) elements[(int)(at + n)] = filler;
                a.Machine.Charge(count);
                break;
            default: throw new NotSupportedException($"{i->Op}");
        }
    }

    private static int Index(ReferenceTable table, uint index, uint count) =>
        (ulong)index + count > (ulong)table.Elements.Count ? throw new ReferenceTrap(WasmError.TableOutOfBounds) : (int)index;
}
