// SPDX-License-Identifier: MIT
// Signature strings of host functions, such as (i*~$)i, and their comparison with the type of an import.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Signature
{
    /// <summary>Checks whether a row fits an import of type <paramref name="type"/>.</summary>
    /// <returns>
    /// <see cref="WasmError.BadSignature"/> if the string is malformed, or missing although the form needs it;
    /// <see cref="WasmError.IncompatibleImportType"/> if it stands for another type.
    /// </returns>
    internal static WasmError Match(HostFunc* row, FuncType* type)
    {
        if (row->Signature == null) return row->Form == HostForm.Slots ? WasmError.None : WasmError.BadSignature;
        WasmError error = Match(row->Signature, type);
        if (error != WasmError.None || row->Form == HostForm.Slots) return error;
        // Cells have a fixed place on the native stack, direct arguments are in registers, and there is only one result.
        uint most = Config.MaxHostCells;
        if (row->Form == HostForm.Direct)
        {
            most = Config.MaxDirectParams;
            if (!HasOnlyI32(row->Signature)) return WasmError.BadSignature;
        }
        return type->ParamCount <= most && type->ResultCount <= 1 ? WasmError.None : WasmError.BadSignature;
    }

    /// <summary>Allows only i32, and no app address, because nothing would check it.</summary>
    private static bool HasOnlyI32(byte* signature)
    {
        for (; *signature != 0; signature++)
            if (*signature is not ((byte)'(' or (byte)')' or (byte)'i')) return false;
        return true;
    }

    /// <summary>Checks whether a signature string stands for <paramref name="type"/>, with the codes of the other overload.</summary>
    internal static WasmError Match(byte* signature, FuncType* type)
    {
        if (*signature++ != (byte)'(') return WasmError.BadSignature;
        bool same = true;
        uint count = 0;
        byte before = 0;
        for (; *signature != (byte)')'; before = *signature++)
        {
            ValType letter = TypeOf(*signature, before);
            if (letter == ValType.Unknown) return WasmError.BadSignature;
            same &= count < type->ParamCount && (ValType)FuncTypes.Params(type)[count] == letter;
            count++;
        }
        same &= count == type->ParamCount;
        for (count = 0, signature++; *signature != 0; signature++, count++)
        {
            // A result must be a plain value, because nothing checks a returned address.
            ValType letter = *signature is (byte)'*' or (byte)'$' ? ValType.Unknown : TypeOf(*signature, 0);
            if (letter == ValType.Unknown) return WasmError.BadSignature;
            same &= count < type->ResultCount && (ValType)FuncTypes.Results(type)[count] == letter;
        }
        return same && count == type->ResultCount ? WasmError.None : WasmError.IncompatibleImportType;
    }

    /// <summary>The type of a letter; unknown if there is no such letter, or if ~ does not follow *.</summary>
    private static ValType TypeOf(byte letter, byte before) => letter switch
    {
        (byte)'i' or (byte)'*' or (byte)'$' => ValType.I32,
        (byte)'~' => before == (byte)'*' ? ValType.I32 : ValType.Unknown,
        (byte)'I' => ValType.I64,
        (byte)'f' => ValType.F32,
        (byte)'F' => ValType.F64,
        (byte)'r' => ValType.ExternRef,
        (byte)'n' => ValType.FuncRef,
        _ => ValType.Unknown,
    };
}
