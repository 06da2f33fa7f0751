// SPDX-License-Identifier: MIT
// Table section (spec chapter 5.5.7).
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Sections;

internal static unsafe class TableSection
{
    internal static void Item(Loading* l, ByteReader* r, uint index)
    {
        byte* at = r->Pos;
        TableType type = default;
        ReadLimits.Table(r, &type, l->Features);
        Add(l, r, at, &type);
    }

    internal static void Add(Loading* l, ByteReader* r, byte* at, TableType* type)
    {
        if (l->NextTable != 0) Read.Require(r, Features.ReferenceTypes, l->Features, at);
        l->Module->Tables[l->NextTable++] = *type;
    }
}
