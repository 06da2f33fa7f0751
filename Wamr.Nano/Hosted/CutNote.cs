// SPDX-License-Identifier: MIT
// Explains whether a trap at an address is caused by a memory that was cut at __heap_base, and what to do. It is computed only when a trap
// is shown.
using System.Globalization;
using Wamr.Nano.Core;
using Wamr.Nano.Core.RegisterCode;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

internal static unsafe class CutNote
{
    /// <summary>
    /// The note for a run that trapped; null if whole pages would make no difference. Register code gives the address; of machine code and
    /// of host functions only that the memory is cut is known.
    /// </summary>
    internal static string? Of(ExecEnv* env, WasmError error)
    {
        if (error is not (WasmError.MemoryOutOfBounds or WasmError.BadAppAddress)) return null;
        CallFrame frame;
        bool hasFrame = CallStack.First(env, &frame);
        Instance* instance = hasFrame ? frame.Instance : env->Instance;
        LoadedModule* module = instance->Loaded;
        MemoryInst* memory = instance->Memory;
        if (memory == null || memory->Size >= (ulong)memory->Pages << memory->PageShift) return null;
        ulong whole = (ulong)memory->Pages << memory->PageShift;
        bool isKnown = error == WasmError.MemoryOutOfBounds && hasFrame && !module->IsNative;
        if (!isKnown) return Text(memory->Size, whole, module->Image != null);
        return CutAddress((ushort*)frame.Pc, frame.Fp, memory->Size, whole) is uint address
            ? Text(memory->Size, whole, module->Image != null, address)
            : null;
    }

    /// <param name="size">Bytes of the memory.</param>
    /// <param name="whole">Bytes it declares.</param>
    /// <param name="isImage">Whether the code is an image's, which was compiled for that size.</param>
    /// <param name="address">What was accessed; null if that is not known.</param>
    /// <returns>The note. Words of <see cref="ErrorTexts.Words"/> in it must still be replaced.</returns>
    internal static string Text(uint size, ulong whole, bool isImage, uint? address = null)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        string where = address == null ? "the memory is cut off at __heap_base"
            : string.Create(invariant, $"address {address:N0} lies beyond __heap_base, where the memory is cut off");
        string way = isImage ? "'wnano compile --whole-pages'" : "{wholePages}";
        return string.Create(invariant,
            $"{where} ({size:N0} of {whole:N0} B): if the app uses what lies beyond, {way} leaves the memory whole");
    }

    /// <summary>
    /// The address that an instruction of register code accesses, if it lies between a memory's size and the end of its pages; otherwise
    /// null.
    /// </summary>
    private static uint? CutAddress(ushort* at, uint* fp, uint size, ulong whole)
    {
        RegOp op = (RegOp)(byte)*at;
        byte a = (byte)at[1], b = (byte)(at[1] >> 8);
        uint bytes = RegOpTable.AccessBytes(op);
        switch (RegOpTable.ShapeOf(op))
        {
            case Shape.Load or Shape.Store: return Cut(fp[a], at[2], bytes);
            case Shape.LoadAt or Shape.StoreAt: return Cut(fp[a] + (fp[b] << ShiftOf(op)), at[2], bytes);
            case Shape.Far: return Cut(fp[a], (at[2] | (ulong)at[3] << 16) + b, b);
            case Shape.Misc: break;
            default: return null;
        }
        uint first = fp[a], second = fp[b], count = fp[(byte)at[2]];
        Opcode misc = (Opcode)(*at >> 8);
        if (misc is not (Opcode.MemoryFill or Opcode.MemoryCopy or Opcode.MemoryInit)) return null;
        return Cut(first, count, count) ?? (misc == Opcode.MemoryCopy ? Cut(second, count, count) : null);

        uint? Cut(uint address, ulong endOffset, uint length)
        {
            ulong end = address + endOffset;
            return end > size && end <= whole ? (uint)(end - length) : null;
        }
    }

    private static int ShiftOf(RegOp op) => op switch
    {
        RegOp.I32LoadAt4 or RegOp.I32StoreAt4 => 2,
        RegOp.I64LoadAt8 or RegOp.I64StoreAt8 => 3,
        _ => 0,
    };
}
