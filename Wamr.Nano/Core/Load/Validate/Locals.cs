// SPDX-License-Identifier: MIT
// Locals of a function (spec chapter 5.5.13): parameters, then runs of one type each, kept as such while it is validated.
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

internal static unsafe class Locals
{
    /// <summary>The initial room for runs.</summary>
    private const uint FirstCapacity = 8;

    /// <summary>Reads the declarations at the start of a body, and clears the type stack.</summary>
    internal static void Declare(Validation* v)
    {
        v->Top = v->Types;
        v->Operands = v->Types;
        v->Floor = v->Types;
        v->RunCount = 0;
        v->LocalSlots = v->Type->ParamSlots;
        v->LocalCount = v->Type->ParamCount;

        ByteReader* r = v->Reader;
        byte* at = r->Pos;
        uint runs = Read.Count(r);
        ulong total = v->LocalCount;
        for (uint i = 0; i < runs && r->Error == WasmError.None; i++)
        {
            uint count = Read.U32(r);
            ValType type = ReadType.Value(r, v->Load.Features);
            total += count;
            if (count == 0 || total > Config.MaxLocals || r->Error != WasmError.None) continue;
            if (!Add(v, type)) return;
            v->LocalCount += count;
            v->LocalSlots += count * ValTypes.Slots(type);
        }
        if (total > uint.MaxValue) Read.FailAt(r, WasmError.TooManyLocals, at);
        else if (total > Config.MaxLocals) Read.FailValue(r, WasmError.LocalsBeyondLimit, at, (uint)total);
    }

    /// <summary>The type of an existing local.</summary>
    internal static ValType TypeOf(Validation* v, uint local) => local < v->Type->ParamCount
        ? (ValType)FuncTypes.Params(v->Type)[local]
        : LocalRuns.Find(v->Runs, v->RunCount, local)->Type;

    private static bool Add(Validation* v, ValType type)
    {
        if (v->RunCount == v->RunCapacity && !Grow(v)) return false;
        LocalRun* run = &v->Runs[v->RunCount++];
        run->First = v->LocalCount;
        run->Type = type;
        return true;
    }

    private static bool Grow(Validation* v)
    {
        uint capacity = v->RunCapacity == 0 ? FirstCapacity : v->RunCapacity * 2;
        uint bytes = capacity * (uint)sizeof(LocalRun);
        void* block = v->Runs == null ? Loads.Allocate(&v->Load, bytes) : Loads.Resize(&v->Load, v->Runs, bytes);
        if (block == null)
        {
            Validator.Fail(v, v->Load.Allocator->Error->Code);
            return false;
        }
        v->Runs = (LocalRun*)block;
        v->RunCapacity = capacity;
        return true;
    }
}
