// SPDX-License-Identifier: MIT
// Types of the core by the letters tests write them with, and values in the core's slots.
using System.Text;

namespace Wamr.Nano.Tests.Slow.Differential;

internal static unsafe class Letters
{
    public static char Of(ValType type) => type switch
    {
        ValType.I32 => 'i',
        ValType.I64 => 'I',
        ValType.F32 => 'f',
        ValType.F64 => 'F',
        ValType.FuncRef => 'n',
        _ => 'r',
    };

    public static ValType TypeOf(char letter) => (ValType)TestKit.ModuleBuilder.ValueType(letter);

    public static string Of(FuncType* type)
    {
        StringBuilder text = new();
        for (int n = 0; n < type->ParamCount; n++) text.Append(Of((ValType)FuncTypes.Params(type)[n]));
        text.Append(':');
        for (int n = 0; n < type->ResultCount; n++) text.Append(Of((ValType)FuncTypes.Results(type)[n]));
        return text.ToString();
    }

    public static int Slots(string types)
    {
        int slots = 0;
        foreach (char type in types) slots += type is 'I' or 'F' ? 2 : 1;
        return slots;
    }

    /// <summary>Values that lie in slots; what follows a colon in <paramref name="types"/> is not read.</summary>
    public static ulong[] Read(uint* slots, string types)
    {
        int colon = types.IndexOf(':');
        ulong[] values = new ulong[colon < 0 ? types.Length : colon];
        for (int n = 0; n < values.Length; n++)
        {
            values[n] = *slots++;
            if (types[n] is 'I' or 'F') values[n] |= (ulong)*slots++ << 32;
        }
        return values;
    }

    public static void Write(uint* slots, string types, ulong[] values)
    {
        for (int n = 0; n < types.Length; n++)
        {
            *slots++ = (uint)values[n];
            if (types[n] is 'I' or 'F') *slots++ = (uint)(values[n] >> 32);
        }
    }
}
