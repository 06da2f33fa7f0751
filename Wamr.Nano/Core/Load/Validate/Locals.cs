// SPDX-License-Identifier: MIT
// Locals of a function (spec chapter 5.5.13): parameters, then runs of one type each, expanded to a byte a local while it is validated.
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

internal static unsafe class Locals
{
    /// <summary>Reads the declarations at the start of a body and sets the type stack up behind the locals.</summary>
    internal static void Declare(Validation* v)
    {
        v->Top = v->Types;
        v->LocalCount = 0;
        v->LocalSlots = v->Type->ParamSlots;
        byte* parameters = FuncTypes.Params(v->Type);
        uint paramCount = v->Type->ParamCount;
        if (!Expand(v, paramCount)) return;
        Raw.Copy(v->Top - paramCount, parameters, paramCount);

        ByteReader* r = v->Reader;
        byte* at = r->Pos;
        uint runs = Read.Count(r);
        ulong total = paramCount;
        for (uint i = 0; i < runs && r->Error == WasmError.None; i++)
        {
            uint count = Read.U32(r);
            ValType type = ReadType.Value(r, v->Load.Features);
            total += count;
            if (total > Config.MaxLocals || r->Error != WasmError.None) continue;
            if (!Expand(v, count)) return;
            Raw.Fill(v->Top - count, (byte)type, count);
            v->LocalSlots += count * ValTypes.Slots(type);
        }
        if (total > uint.MaxValue) Read.FailAt(r, WasmError.TooManyLocals, at);
        else if (total > Config.MaxLocals) Read.FailValue(r, WasmError.LocalsBeyondLimit, at, (uint)total);
        v->Operands = v->Top;
        v->Floor = v->Top;
    }

    private static bool Expand(Validation* v, uint count)
    {
        if (!OperandStack.Reserve(v, count)) return false;
        v->Top += count;
        v->LocalCount += count;
        return true;
    }
}
