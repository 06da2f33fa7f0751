// SPDX-License-Identifier: MIT
// Checks every table of an image from any source. Afterwards, everything that the tables lead to lies in the image and fits together. The
// time is proportional to the number of types, imports, exports, globals and segments. For functions, only the entries are checked.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Image;

internal static unsafe class ImageCheck
{
    /// <summary>Checks the module of an image whose header is valid.</summary>
    /// <param name="m">The module, as <see cref="ImageLoader.Describe"/> left it.</param>
    /// <param name="h">The header.</param>
    /// <param name="features">Accepted features.</param>
    /// <param name="failure">Receives offset and index on failure.</param>
    /// <returns><see cref="WasmError.BadImageTable"/>.</returns>
    internal static WasmError Check(Module* m, ImageHeader* h, Features features, ErrorInfo* failure)
    {
        if (!Parts(h) || !Tables(m, h)) return Fail(failure, ErrorInfo.Unknown, ErrorInfo.Unknown);
        for (uint i = 0; i < m->TypeCount; i++)
            if (!Type(m, h, i)) return Fail(failure, m->Info->TypesAt, i);
        ByteReader r = Read.Over(m->Bytes, m->Imports, m->Bytes + m->Size);
        if (!ImageImports.Check(m, features, &r)) return Fail(failure, Read.Offset(&r), ErrorInfo.Unknown);
        for (uint i = 0; i < m->FunctionCount; i++)
            if (!Function(m, h, i)) return Fail(failure, m->Info->FunctionsAt, i);
        if (!ImageState.Check(m, h, features, &r)) return Fail(failure, r.ErrorOffset, r.ErrorValue);
        return WasmError.None;
    }

    private static WasmError Fail(ErrorInfo* failure, uint offset, uint index) =>
        ErrorInfo.Fail(failure, WasmError.BadImageTable, offset, index);

    /// <summary>The parts lie in order, inside the image.</summary>
    private static bool Parts(ImageHeader* h)
    {
        ulong end = h->DigestAt != 0 ? h->DigestAt : h->Size;
        return h->InfoAt >= ImageHeader.Bytes && h->InfoAt % 8 == 0 && (ulong)h->InfoAt + (uint)sizeof(ModuleInfo) <= h->BytesAt
            && (ulong)h->BytesAt + h->BytesSize <= h->CodeAt && h->CodeAt % 4 == 0 && (ulong)h->CodeAt + h->CodeSize <= end
            && (h->Kind != ImageKind.Native || h->EnterAt < h->CodeSize);
    }

    private static bool Tables(Module* m, ImageHeader* h)
    {
        ModuleInfo* i = m->Info;
        return Fits(h, i->TypesAt, i->TypeCount, (uint)sizeof(FuncType)) && i->TypesAt % sizeof(nuint) == 0
            && Fits(h, i->FunctionsAt, i->FunctionCount, (uint)sizeof(Function))
            && Fits(h, i->GlobalsAt, i->GlobalCount, (uint)sizeof(Global))
            && Fits(h, i->TablesAt, i->TableCount, (uint)sizeof(TableType)) && Fits(h, i->DataAt, i->DataCount, sizeof(uint))
            && Fits(h, i->ElemAt, i->ElemCount, sizeof(uint)) && Entries(m, h, h->StubsAt - h->InfoAt)
            && i->ImportedFunctions <= i->FunctionCount && i->ImportedGlobals <= i->GlobalCount && i->ImportedTables <= i->TableCount
            && i->ImportsAt <= m->Size && i->ExportsAt <= m->Size;
    }

    /// <summary>
    /// The table that only one kind of image has. If its position is before the module information, the distance is invalid.
    /// </summary>
    private static bool Entries(Module* m, ImageHeader* h, uint at) =>
        h->Kind != ImageKind.Native ? Fits(h, at, h->ReferenceCount, (uint)sizeof(ReferenceEntry))
            : Fits(h, at, m->Info->TypeCount, sizeof(uint))
                && Fits(h, h->CallsAt(m->Info->TypeCount) - h->InfoAt, h->ReferenceCount, (uint)sizeof(CallBlock));

    /// <summary>Whether a table lies between the start of the information and the module's bytes.</summary>
    private static bool Fits(ImageHeader* h, uint at, uint count, uint size) =>
        at % 4 == 0 && (ulong)at + (ulong)count * size <= h->BytesAt - h->InfoAt;

    private static bool Type(Module* m, ImageHeader* h, uint index)
    {
        FuncType* type = &m->Types[index];
        byte* types = FuncTypes.Params(type);
        ulong at = (ulong)(types - m->Bytes);
        if (at > m->Size || at + type->ResultsAt + type->ResultCount > m->Size || at + type->ParamCount > m->Size) return false;
        FuncType* first = &m->Types[type->Canonical];
        return Slots(types, type->ParamCount) == type->ParamSlots && Slots(FuncTypes.Results(type), type->ResultCount) == type->ResultSlots
            && type->Canonical <= index && first->Canonical == type->Canonical && FuncTypes.Equal(first, type)
            && (h->Kind != ImageKind.Native || ((uint*)((byte*)h + h->StubsAt))[index] < m->CodeSize);
    }

    /// <summary>The number of slots for a list of types; the largest number if one is not a type, or if there are too many.</summary>
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

    /// <summary>
    /// An import was checked with its entry. A function that the image defines has no entry, and its code lies inside the code.
    /// </summary>
    private static bool Function(Module* m, ImageHeader* h, uint index)
    {
        Function* f = &m->Functions[index];
        if (f->TypeIndex >= m->TypeCount || m->Types[f->TypeIndex].Canonical != f->TypeIndex) return false;
        if (index < m->ImportedFunctions) return f->Code == Core.Wasm.Function.NoCode;
        bool native = h->Kind == ImageKind.Native;
        uint unit = native ? 1u : sizeof(ushort);
        return f->Entry == 0 && ((native && f->Code == Core.Wasm.Function.NoCode) || f->Code < m->CodeSize / unit);
    }
}
