// SPDX-License-Identifier: MIT
// Types and names of WebAssembly in the C that is emitted.
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Wamr.Nano.Xip.Emit;

internal static unsafe class CTypes
{
    /// <summary>A reference is the 32-bit number that the runtime stores in tables.</summary>
    internal static string Of(ValType type) => type switch
    {
        ValType.I64 => "u64",
        ValType.F32 => "f32",
        ValType.F64 => "f64",
        _ => "u32",
    };

    /// <summary>The part of SLOT_ and SET_ macros that names the type.</summary>
    internal static string Slot(ValType type) => type switch
    {
        ValType.I64 => "I64",
        ValType.F32 => "F32",
        ValType.F64 => "F64",
        _ => "I32",
    };

    /// <summary>The return type of a function: its first result. The others go through a pointer.</summary>
    internal static string Result(FuncType* type) => type->ResultCount == 0 ? "void" : Of((ValType)FuncTypes.Results(type)[0]);

    /// <summary>A constant of a type, bit for bit.</summary>
    internal static string Constant(ValType type, ulong bits) => type switch
    {
        ValType.I64 => Wide(bits),
        ValType.F32 => $"constant32({Word((uint)bits)})",
        ValType.F64 => $"constant64({Wide(bits)})",
        _ => Word((uint)bits),
    };

    internal static string Word(uint value) => value < 0x10000
        ? string.Create(CultureInfo.InvariantCulture, $"{value}u")
        : string.Create(CultureInfo.InvariantCulture, $"0x{value:X}u");

    internal static string Wide(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:X}ull");

    internal static ValType[] List(byte* types, int count)
    {
        ValType[] list = new ValType[count];
        for (int n = 0; n < count; n++) list[n] = (ValType)types[n];
        return list;
    }

    /// <summary>The slots of all results except the first, which is returned.</summary>
    internal static uint ResultSlots(IEnumerable<ValType> results) => (uint)results.Skip(1).Sum(type => ValTypes.Slots(type));

    /// <summary>Name of the pointer to functions of a type.</summary>
    internal static string Pointer(FuncType* type) => $"F{type->Canonical}";

    /// <summary>
    /// Whether a host function of form Direct can have this type. An import of another type is called by the runtime, whatever it is bound
    /// to.
    /// </summary>
    internal static bool MayBeDirect(FuncType* type)
    {
        ValType[] parameters = List(FuncTypes.Params(type), type->ParamCount), results = List(FuncTypes.Results(type), type->ResultCount);
        return parameters.Length <= Config.MaxDirectParams && results.Length <= 1 && parameters.Concat(results).All(t => t == ValType.I32);
    }

    /// <summary>Types of parameters and results, for names of stubs in comments.</summary>
    internal static string Signature(FuncType* type)
    {
        StringBuilder text = new("(");
        for (int n = 0; n < type->ParamCount; n++) text.Append(n == 0 ? "" : " ").Append(Of((ValType)FuncTypes.Params(type)[n]));
        text.Append(") -> (");
        for (int n = 0; n < type->ResultCount; n++) text.Append(n == 0 ? "" : " ").Append(Of((ValType)FuncTypes.Results(type)[n]));
        return text.Append(')').ToString();
    }
}
