// SPDX-License-Identifier: MIT
// Checks every table of an image, whoever made it: after this, what the runtime finds through them lies in the image and fits together.
// Takes time in proportion to types, imports, exports, globals and segments; of functions only the entries are looked at.
using Wamr.Nano.Core.Image.Bytecode;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image;

internal static unsafe class ImageCheck
{
    /// <summary>Checks the module of an image whose header is in order.</summary>
    /// <returns><see cref="WasmError.BadImageTable"/>; offset and index in <see cref="Runtime.Error"/> tell of what.</returns>
    internal static WasmError Check(Module* m)
    {
        if (!Parts(m->Image) || !Tables(m)) return Fail(m, ErrorInfo.Unknown, ErrorInfo.Unknown);
        for (uint i = 0; i < m->TypeCount; i++)
            if (!Type(m, i)) return Fail(m, m->Info->TypesAt, i);
        ByteReader r = Read.Over(m->Bytes, m->Imports, m->Bytes + m->Size);
        if (!ImageImports.Check(m, &r)) return Fail(m, Read.Offset(&r), ErrorInfo.Unknown);
        for (uint i = 0; i < m->FunctionCount; i++)
            if (!Function(m, i)) return Fail(m, m->Info->FunctionsAt, i);
        if (!ImageState.Check(m, &r)) return Fail(m, r.ErrorOffset, r.ErrorValue);
        return WasmError.None;
    }

    private static WasmError Fail(Module* m, uint offset, uint index) => Runtimes.Fail(m->Runtime, WasmError.BadImageTable, offset, index);

    /// <summary>The parts lie one behind the other, in the image.</summary>
    private static bool Parts(ImageHeader* h)
    {
        ulong end = h->DigestAt != 0 ? h->DigestAt : h->Size;
        return h->InfoAt >= ImageHeader.Bytes && h->InfoAt % 8 == 0 && (ulong)h->InfoAt + (uint)sizeof(ModuleInfo) <= h->BytesAt
            && (ulong)h->BytesAt + h->BytesSize <= h->CodeAt && h->CodeAt % 4 == 0 && (ulong)h->CodeAt + h->CodeSize <= end
            && (h->Kind != ImageKind.Native || h->EnterAt < h->CodeSize);
    }

    private static bool Tables(Module* m)
    {
        ModuleInfo* i = m->Info;
        return Fits(m, i->TypesAt, i->TypeCount, (uint)sizeof(FuncType)) && i->TypesAt % sizeof(nuint) == 0
            && Fits(m, i->FunctionsAt, i->FunctionCount, (uint)sizeof(Function)) && Fits(m, i->GlobalsAt, i->GlobalCount, (uint)sizeof(Global))
            && Fits(m, i->TablesAt, i->TableCount, (uint)sizeof(TableType)) && Fits(m, i->DataAt, i->DataCount, sizeof(uint))
            && Fits(m, i->ElemAt, i->ElemCount, sizeof(uint)) && Entries(m, m->Image->StubsAt - m->Image->InfoAt)
            && i->ImportedFunctions <= i->FunctionCount && i->ImportedGlobals <= i->GlobalCount && i->ImportedTables <= i->TableCount
            && i->ImportsAt <= m->Size && i->ExportsAt <= m->Size;
    }

    /// <summary>The table only one kind of image has, at a distance that is none where the place lies before the information.</summary>
    private static bool Entries(Module* m, uint at) =>
        !m->IsNative ? Fits(m, at, m->Image->ReferenceCount, (uint)sizeof(ReferenceEntry))
            : Fits(m, at, m->Info->TypeCount, sizeof(uint))
                && Fits(m, m->Image->CallsAt(m->Info->TypeCount) - m->Image->InfoAt, m->Image->ReferenceCount, (uint)sizeof(CallBlock));

    /// <summary>Whether a table lies between the start of the information and the module's bytes.</summary>
    private static bool Fits(Module* m, uint at, uint count, uint size) =>
        at % 4 == 0 && (ulong)at + (ulong)count * size <= m->Image->BytesAt - m->Image->InfoAt;

    private static bool Type(Module* m, uint index)
    {
        FuncType* type = &m->Types[index];
        byte* types = FuncTypes.Params(type);
        ulong at = (ulong)(types - m->Bytes);
        if (at > m->Size || at + type->ResultsAt + type->ResultCount > m->Size || at + type->ParamCount > m->Size) return false;
        FuncType* first = &m->Types[type->Canonical];
        return Slots(types, type->ParamCount) == type->ParamSlots && Slots(FuncTypes.Results(type), type->ResultCount) == type->ResultSlots
            && type->Canonical <= index && first->Canonical == type->Canonical && FuncTypes.Equal(first, type)
            && (!m->IsNative || ((uint*)((byte*)m->Image + m->Image->StubsAt))[index] < m->CodeSize);
    }

    /// <summary>Slots of a list of types; the largest number where one is no type, or there are more than a list may have.</summary>
    private static uint Slots(byte* types, uint count)
    {
        uint slots = 0;
        if (count > Config.MaxParams) return uint.MaxValue;
        for (uint i = 0; i < count; i++)
        {
            ValType type = (ValType)types[i];
            slots += ValTypes.Slots(type);
            if (!ValTypes.IsNumeric(type) && !ValTypes.IsRef(type)) return uint.MaxValue;
        }
        return slots;
    }

    /// <summary>An import was checked with its entry; of what the image defines there is no entry, and code inside of the code.</summary>
    private static bool Function(Module* m, uint index)
    {
        Function* f = &m->Functions[index];
        if (f->TypeIndex >= m->TypeCount || m->Types[f->TypeIndex].Canonical != f->TypeIndex) return false;
        if (index < m->ImportedFunctions) return f->Code == Core.Wasm.Function.NoCode;
        uint unit = m->IsNative ? 1u : sizeof(ushort);
        return f->Entry == 0 && ((m->IsNative && f->Code == Core.Wasm.Function.NoCode) || f->Code < m->CodeSize / unit);
    }
}
