// SPDX-License-Identifier: MIT
// Function section (spec chapter 5.5.6): the types of the functions whose code follows.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class FunctionSection
{
    internal static void Item(Loading* l, ByteReader* r, uint index)
    {
        byte* at = r->Pos;
        uint type = Read.U32(r);
        if (r->Error == WasmError.None) Add(l, r, at, type);
    }

    /// <summary>Adds a function. The entry of an import is the import entry. For a defined function, the code section sets it.</summary>
    internal static void Add(Loading* l, ByteReader* r, byte* entry, uint type)
    {
        if (type >= l->Module->TypeCount)
        {
            Read.FailValue(r, WasmError.UnknownType, entry, type);
            return;
        }
        Function* function = &l->Module->Functions[l->NextFunction++];
        function->Entry = (uint)(entry - r->Base);
        function->Code = Function.NoCode;
        function->TypeIndex = l->Module->Types[type].Canonical;
    }
}
