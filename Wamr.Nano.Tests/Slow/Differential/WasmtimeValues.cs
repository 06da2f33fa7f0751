// SPDX-License-Identifier: MIT
// Values of Wasmtime's .NET package as bits, and back.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tests.Slow.Differential;

using Wasmtime; // inside: its names come before the core's

internal static class WasmtimeValues
{
    public static string Letters(IEnumerable<ValueKind> kinds) => string.Concat(kinds.Select(Letter));

    public static char Letter(ValueKind kind) => kind switch
    {
        ValueKind.Int32 => 'i',
        ValueKind.Int64 => 'I',
        ValueKind.Float32 => 'f',
        ValueKind.Float64 => 'F',
        ValueKind.FuncRef => 'n',
        ValueKind.ExternRef => 'r',
        _ => throw new NotSupportedException($"{kind}"),
    };

    public static ValueBox BoxOf(char type, ulong bits) => type switch
    {
        'i' => (int)bits,
        'I' => (long)bits,
        'f' => BitConverter.UInt32BitsToSingle((uint)bits),
        'F' => BitConverter.UInt64BitsToDouble(bits),
        'n' => Function.Null,
        _ => ValueBox.AsBox<object>(null),
    };

    public static ulong BitsOf(char type, ValueBox box, Store store) => type switch
    {
        'i' => (uint)box.AsInt32(),
        'I' => (ulong)box.AsInt64(),
        'f' => BitConverter.SingleToUInt32Bits(box.AsSingle()),
        'F' => BitConverter.DoubleToUInt64Bits(box.AsDouble()),
        'n' => IsNull(box.AsFunction(store)) ? 0 : 1ul,
        _ => box.As<object>() == null ? 0 : 1ul,
    };

    public static ulong BitsOf(object? value) => value switch
    {
        int i => (uint)i,
        long l => (ulong)l,
        float f => BitConverter.SingleToUInt32Bits(f),
        double d => BitConverter.DoubleToUInt64Bits(d),
        _ => IsNull(value) ? 0 : 1ul,
    };

    public static bool IsNull(object? reference) => reference is null or Function { IsNull: true };
}
