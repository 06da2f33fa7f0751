// SPDX-License-Identifier: MIT
// The corpus as .NET runs it: its functions, arguments worth trying, and the results .NET gives.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Wamr.Nano.Tests.TestKit.Iltoc.Corpus;

namespace Wamr.Nano.Tests.TestKit.Iltoc;

/// <summary>A call of a corpus function: arguments and result as bits.</summary>
internal sealed record CorpusCall(int Function, ulong[] Arguments, ulong Result);

internal static class CorpusFunctions
{
    private static readonly Type[] Classes =
        [typeof(Integers), typeof(Corpus.Conversions), typeof(Corpus.Floats), typeof(Control), typeof(Corpus.Memory), typeof(Loops)];

    internal static IReadOnlyList<MethodInfo> All { get; } =
        [.. Classes.SelectMany(c => c.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))];

    internal static IEnumerable<string> Roots => All.Select(m => $"Corpus.{m.DeclaringType!.Name}.{m.Name}");

    private static readonly ulong[] Integers =
        [0, 1, 2, 3, 5, 7, 31, 32, 63, 64, 127, 128, 255, 256, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000,
            0xFFFFFFFF, 0x100000000,
         0x7FFFFFFFFFFFFFFF, 0x8000000000000000, ulong.MaxValue, ulong.MaxValue - 1];

    private static readonly double[] Floats =
        [0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3.7, -0.999, 127.9, 128, 255.5, 256, -129, 32768, 65536.5, 2147483647,
            2147483648, 4294967295, 4294967296,
         -2147483648, -2147483649, 9223372036854775807, -9223372036854775808, 18446744073709551615, 1e19, -1e19, 1e300, 1e-310, 1e-40, 3e38,
         double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue];

    /// <summary>Every function on special values, on each of its parameters in turn, and on random ones; the seed is fixed.</summary>
    internal static List<CorpusCall> Calls()
    {
        var random = new Random(20260101);
        var calls = new List<CorpusCall>();
        for (int f = 0; f < All.Count; f++)
        {
            var types = All[f].GetParameters().Select(p => p.ParameterType).ToArray();
            foreach (var arguments in Arguments(types, random)) calls.Add(new CorpusCall(f, arguments, Invoke(All[f], types, arguments)));
        }
        return calls;
    }

    private static IEnumerable<ulong[]> Arguments(Type[] types, Random random)
    {
        for (int p = 0; p < types.Length; p++)
            foreach (ulong special in Specials(types[p]))
                for (int n = 0; n < 3; n++)
                    yield return [.. types.Select((t, i) => i == p ? special
                        : n == 0 ? special : n == 1 ? AnySpecial(t, random) : AnyBits(t, random))];
        for (int n = 0; n < 60; n++) yield return [.. types.Select(t => AnyBits(t, random))];
    }

    private static IEnumerable<ulong> Specials(Type type) =>
        type == typeof(double) ? Floats.Select(BitConverter.DoubleToUInt64Bits)
        : type == typeof(float) ? Floats.Select(d => (ulong)BitConverter.SingleToUInt32Bits((float)d))
        : Integers;

    private static ulong AnySpecial(Type type, Random random)
    {
        var all = Specials(type).ToArray();
        return all[random.Next(all.Length)];
    }

    /// <summary>Random bits; of floats half the time a number of everyday size.</summary>
    private static ulong AnyBits(Type type, Random random)
    {
        if (type == typeof(double) && random.Next(2) == 0)
            return BitConverter.DoubleToUInt64Bits((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(70)));
        if (type == typeof(float) && random.Next(2) == 0)
            return BitConverter.SingleToUInt32Bits((float)((random.NextDouble() - 0.5) * Math.Pow(2, random.Next(70))));
        return (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> (random.Next(3) == 0 ? random.Next(64) : 0);
    }

    private static ulong Invoke(MethodInfo method, Type[] types, ulong[] arguments) =>
        Bits(method.Invoke(null, [.. types.Select((t, i) => Value(t, arguments[i]))])!);

    private static object Value(Type type, ulong bits) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => (bits & 1) != 0,
        TypeCode.SByte => (sbyte)bits,
        TypeCode.Byte => (byte)bits,
        TypeCode.Int16 => (short)bits,
        TypeCode.UInt16 => (ushort)bits,
        TypeCode.Char => (char)bits,
        TypeCode.Int32 => (int)bits,
        TypeCode.UInt32 => (uint)bits,
        TypeCode.Int64 => (long)bits,
        TypeCode.UInt64 => bits,
        TypeCode.Single => BitConverter.UInt32BitsToSingle((uint)bits),
        TypeCode.Double => BitConverter.UInt64BitsToDouble(bits),
        _ => type == typeof(nint) ? (nint)bits : (object)(nuint)bits,
    };

    private static ulong Bits(object value) => value switch
    {
        bool b => b ? 1u : 0u,
        sbyte b => (byte)b,
        byte b => b,
        short s => (ushort)s,
        ushort s => s,
        char c => c,
        int i => (uint)i,
        uint i => i,
        long l => (ulong)l,
        ulong l => l,
        nint n => (ulong)n,
        nuint n => n,
        float f => BitConverter.SingleToUInt32Bits(f),
        double d => BitConverter.DoubleToUInt64Bits(d),
        _ => throw new ArgumentException(value.GetType().Name),
    };
}
