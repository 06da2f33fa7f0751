// SPDX-License-Identifier: MIT
// Writes an image as FORMAT.md describes it: header, tables, module's bytes, code.
using System;
using System.Security.Cryptography;

namespace Wamr.Nano.Xip.Image;

/// <summary>Writes one image.</summary>
internal sealed unsafe class ImageWriter(Module* module, ImageTarget target, CompileOptions options, ImageCode code)
{
    private const uint LibraryVersion = 0x00010000;
    private readonly ModuleBytes _bytes = new(module, options.KeepNames, code.AbsentSegments);

    internal byte[] Write()
    {
        Words info = Info(out int stubs);
        int infoAt = (int)ImageHeader.Bytes, bytesAt = infoAt + info.Count;
        int codeAt = (bytesAt + _bytes.Bytes.Count + (1 << code.AlignmentLog2) - 1) & -(1 << code.AlignmentLog2);
        Words image = new();
        image.U32(ImageHeader.MagicNumber).U32(0).U32((uint)(codeAt + code.Bytes.Length));
        image.U16(ImageHeader.Version).U16(code.AbiVersion).U32(LibraryVersion);
        ImageTarget t = code.Kind == ImageKind.Native ? target : default;
        image.U8((byte)t.Machine).U8(t.Level).U8((byte)t.Fpu).U8(t.HardFloat).U8(1).U8(target.PointerBytes);
        image.U8((byte)code.Kind).U8(code.AlignmentLog2).U32((uint)(options.Features | code.Needs | Profiled));
        image.U32((uint)infoAt).U32((uint)bytesAt).U32((uint)_bytes.Bytes.Count).U32((uint)codeAt).U32((uint)code.Bytes.Length);
        image.U32(code.Enter).U32((uint)(infoAt + stubs)).U32(code.StackMargin).U32(code.FixedBytes);
        image.U32((uint)(code.References.Count + code.Calls.Blocks.Count));
        image.U32(0).U32(0).U64(SourceHash());
        image.Bytes(info.ToArray()).Bytes(_bytes.Bytes).Align(1 << code.AlignmentLog2).Bytes(code.Bytes);
        return Seal(image.ToArray());
    }

    private Features Profiled => options.Profile ? ImageHeader.Profiled : Features.None;

    /// <summary>Sets the checksum, which is written last.</summary>
    internal static byte[] Seal(byte[] image)
    {
        fixed (byte* p = image)
            ((ImageHeader*)p)->Crc = Crc32.Of(p + ImageHeader.BytesBeforeSize, (uint)image.Length - ImageHeader.BytesBeforeSize);
        return image;
    }

    private ulong SourceHash() => BitConverter.ToUInt64(SHA256.HashData(new ReadOnlySpan<byte>(module->Bytes, (int)module->Size)));

    /// <summary>Writes the structure, the tables after it, and the stubs and calls or the reference map.</summary>
    private Words Info(out int stubs)
    {
        Words tables = new();
        int head = Head(tables, new int[6]).Count, at = (head + 7) & ~7;
        int typeBytes = target.PointerBytes == 8 ? 24 : 16;
        int[] places = new int[6];
        int[] sizes =
        [
            module->TypeCount * typeBytes, module->FunctionCount * sizeof(Function), module->GlobalCount * sizeof(Global),
            module->TableCount * sizeof(TableType), module->DataCount * sizeof(uint), module->ElemCount * sizeof(uint),
        ];
        for (int n = 0; n < places.Length; n++)
        {
            places[n] = at;
            at += sizes[n];
        }
        stubs = at;
        tables = Head(new Words(), places).Align(8);
        Types(tables, places[0], typeBytes,
            stubs + 4 * code.Stubs.Count + code.Calls.Size + sizeof(ReferenceEntry) * code.References.Count);
        Functions(tables);
        Globals(tables);
        Tables(tables);
        for (uint n = 0; n < module->DataCount; n++) tables.U32(_bytes.Moved(module->DataSegments[n]));
        for (uint n = 0; n < module->ElemCount; n++) tables.U32(_bytes.ElemSegments[n]);
        foreach (uint stub in code.Stubs) tables.U32(stub);
        foreach ((uint first, uint entries) in code.Calls.Blocks) tables.U32(first).U32(entries);
        tables.Bytes(code.Calls.Entries).Align(4);
        foreach (ReferenceEntry entry in code.References) tables.U32(entry.Position).U16(entry.Slot).U8(entry.Type).U8(0);
        return tables;
    }

    /// <summary>A <see cref="ModuleInfo"/>.</summary>
    private Words Head(Words to, int[] places)
    {
        ModuleInfo* i = module->Info;
        to.U16(i->TypeCount).U16(i->FunctionCount).U16(i->GlobalCount).U16(i->TableCount).U16(i->DataCount).U16(i->ElemCount);
        to.U16(i->ImportCount).U16(i->ExportCount).U16(i->ImportedFunctions).U16(i->ImportedGlobals).U16(i->ImportedTables)
            .U16(i->GlobalSlots);
        foreach (int place in places) to.U32((uint)place);
        to.U32(_bytes.Moved(i->ImportsAt)).U32(_bytes.Moved(i->ExportsAt)).U32(i->StartFunction);
        MemoryType* m = &i->Memory;
        to.U32(_bytes.Moved(m->Import)).U32(m->Min).U32(m->Max).U32(m->TruncatedBytes).U8(m->PageShift).U8(m->Present).U8(m->MayGrow).U8(0);
        AuxStack* s = &i->AuxStack;
        return to.U32(s->Global).U32(s->Bottom).U32(s->Size).U32(s->DataEnd).U32(s->HeapBase);
    }

    private void Types(Words to, int at, int size, int infoBytes)
    {
        for (uint n = 0; n < module->TypeCount; n++)
        {
            FuncType* type = &module->Types[n];
            uint offset = _bytes.Moved((uint)(FuncTypes.Params(type) - module->Bytes));
            int distance = infoBytes + (int)offset - (at + (int)n * size);
            if (target.PointerBytes == 8) to.U64((ulong)distance);
            else to.U32((uint)distance);
            to.U16(type->ResultsAt).U16(type->ParamCount).U16(type->ResultCount).U16(type->ParamSlots).U16(type->ResultSlots)
                .U16(type->Canonical);
            to.Align(target.PointerBytes);
        }
    }

    private void Functions(Words to)
    {
        for (uint n = 0; n < module->FunctionCount; n++)
        {
            Function* f = &module->Functions[n];
            to.U32(n < module->ImportedFunctions ? _bytes.Moved(f->Entry) : 0).U32(code.Functions[(int)n]).U16(f->TypeIndex)
                .U16(f->MaxStack);
        }
    }

    private void Globals(Words to)
    {
        for (uint n = 0; n < module->GlobalCount; n++)
        {
            Global* g = &module->Globals[n];
            to.U32(_bytes.Moved(g->Entry)).U16(g->Slot).U8((byte)g->Type).U8(g->Mutable);
        }
    }

    private void Tables(Words to)
    {
        for (uint n = 0; n < module->TableCount; n++)
        {
            TableType* t = &module->Tables[n];
            bool absent = code.AbsentTables.Contains(n);
            to.U32(_bytes.Moved(t->Import)).U32(absent ? 0 : t->Min).U32(t->Max).U8((byte)t->ElemType);
            to.U8(code.ConstantTables.Contains(n) ? (byte)1 : (byte)0).U16(0);
        }
    }
}
