// SPDX-License-Identifier: MIT
// Compares the type that an import requires with the type of what is provided (spec chapter 4.5.4 "External Typing", 3.5 "Import
// Matching").
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class ImportMatch
{
    internal static bool Table(TableType* wanted, TableInst* given) =>
        given->ElemType == wanted->ElemType && Limits(wanted->Min, wanted->Max, given->Size, given->Max);

    internal static bool Memory(MemoryType* wanted, MemoryInst* given) =>
        given->PageShift == wanted->PageShift && Limits(wanted->Min, wanted->Max, given->Pages, given->MaxPages);

    internal static bool Global(Global* wanted, Global* given) => given->Type == wanted->Type && given->Mutable == wanted->Mutable;

    /// <summary>
    /// The size must be at least the required one, and the limit at most the required one. No limit counts as the largest number.
    /// </summary>
    private static bool Limits(uint wantedMin, uint wantedMax, uint size, uint max) => size >= wantedMin && max <= wantedMax;
}
