// SPDX-License-Identifier: MIT
// The C functions that stand in for missing instructions and libraries give what the processor of this machine gives.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Boards;

/// <summary>The functions under names that clash with nothing here, as a library of this machine.</summary>
public sealed class ArithmeticLibrary : IDisposable
{
    private static readonly string[] s_functions =
    [
        "__adddf3", "__subdf3", "__muldf3", "__divdf3", "__addsf3", "__subsf3", "__mulsf3", "__divsf3", "__extendsfdf2", "__truncdfsf2",
        "__floatsidf", "__floatsisf", "__udivsi3", "__umodsi3", "__divsi3", "__umulsidi3", "__muldi3", "__udivdi3", "__umoddi3", "__divdi3",
        "sqrt", "sqrtf", "memcpy", "memmove", "memset",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly nint _library;

    public ArithmeticLibrary()
    {
        string sources = string.Join(' ', new[] { "boards/xtensa/floats.c", "boards/xtensa/integers.c", "boards/common/math/sqrt.c",
            "boards/common/freestanding/memory.c" }.Select(Repository.PathOf));
        string renames = string.Join(' ', s_functions.Select(function => $"-D{function}=t_{function}"));
        CCompiler.Compile("gcc", _folder, $"-std=gnu11 -O1 -ffreestanding -fno-builtin -fno-tree-loop-distribute-patterns -shared -fPIC "
            + $"{renames} {sources} -o arithmetic.so");
        _library = NativeLibrary.Load(Path.Combine(_folder, "arithmetic.so"));
    }

    internal nint Function(string name) => NativeLibrary.GetExport(_library, "t_" + name);

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        Directory.Delete(_folder, true);
    }
}

public unsafe class ArithmeticTests(ArithmeticLibrary library) : IClassFixture<ArithmeticLibrary>
{
    private const int Rounds = 400_000;

    private static readonly double[] s_special =
    [
        0, -0.0, 1, -1, 0.5, 3, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.Epsilon, 2.2250738585072014e-308,
        2.2250738585072009e-308, double.MaxValue, double.MinValue, float.MaxValue, float.Epsilon, 1.1754943508222875e-38, 16777217,
    ];

    [Theory]
    [InlineData("__adddf3", '+')]
    [InlineData("__subdf3", '-')]
    [InlineData("__muldf3", '*')]
    [InlineData("__divdf3", '/')]
    public void Doubles(string function, char op)
    {
        var f = (delegate* unmanaged<double, double, double>)library.Function(function);
        foreach (var (a, b) in Pairs())
            Same(op switch { '+' => a + b, '-' => a - b, '*' => a * b, _ => a / b }, f(a, b), $"{a:R} {op} {b:R}");
    }

    [Theory]
    [InlineData("__addsf3", '+')]
    [InlineData("__subsf3", '-')]
    [InlineData("__mulsf3", '*')]
    [InlineData("__divsf3", '/')]
    public void Singles(string function, char op)
    {
        var f = (delegate* unmanaged<float, float, float>)library.Function(function);
        foreach (var (x, y) in Pairs())
        {
            float a = (float)x, b = (float)y;
            Same(op switch { '+' => a + b, '-' => a - b, '*' => a * b, _ => a / b }, f(a, b), $"{a:R} {op} {b:R}");
        }
    }

    [Fact]
    public void Conversions_and_square_roots()
    {
        var extend = (delegate* unmanaged<float, double>)library.Function("__extendsfdf2");
        var truncate = (delegate* unmanaged<double, float>)library.Function("__truncdfsf2");
        var fromInt = (delegate* unmanaged<int, double>)library.Function("__floatsidf");
        var singleFromInt = (delegate* unmanaged<int, float>)library.Function("__floatsisf");
        var root = (delegate* unmanaged<double, double>)library.Function("sqrt");
        var singleRoot = (delegate* unmanaged<float, float>)library.Function("sqrtf");
        foreach (var (a, b) in Pairs())
        {
            Same((float)a, truncate(a), $"(float){a:R}");
            Same((double)(float)a, extend((float)a), $"(double){(float)a:R}");
            int i = (int)BitConverter.DoubleToInt64Bits(b);
            Same((double)i, fromInt(i), $"(double){i}");
            Same((float)i, singleFromInt(i), $"(float){i}");
            Same(Math.Sqrt(a), root(a), $"sqrt {a:R}");
            Same(MathF.Sqrt((float)a), singleRoot((float)a), $"sqrtf {(float)a:R}");
        }
    }

    [Fact]
    public void Integers()
    {
        var udiv = (delegate* unmanaged<uint, uint, uint>)library.Function("__udivsi3");
        var umod = (delegate* unmanaged<uint, uint, uint>)library.Function("__umodsi3");
        var div = (delegate* unmanaged<int, int, int>)library.Function("__divsi3");
        var widemul = (delegate* unmanaged<uint, uint, ulong>)library.Function("__umulsidi3");
        var mul = (delegate* unmanaged<ulong, ulong, ulong>)library.Function("__muldi3");
        var udiv64 = (delegate* unmanaged<ulong, ulong, ulong>)library.Function("__udivdi3");
        var umod64 = (delegate* unmanaged<ulong, ulong, ulong>)library.Function("__umoddi3");
        var div64 = (delegate* unmanaged<long, long, long>)library.Function("__divdi3");
        Random random = new(5);
        for (int i = 0; i < Rounds; i++)
        {
            ulong x = (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
                y = (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64) | 1;
            uint a = (uint)(x >> random.Next(32)), b = (uint)y;
            Assert.Equal((a / b, a % b), (udiv(a, b), umod(a, b)));
            Assert.Equal((ulong)a * b, widemul(a, b));
            Assert.Equal((x * y, x / y, x % y), (mul(x, y), udiv64(x, y), umod64(x, y)));
            if ((int)b != -1) Assert.Equal((int)a / (int)b, div((int)a, (int)b));
            if ((long)y != -1) Assert.Equal((long)x / (long)y, div64((long)x, (long)y));
        }
    }

    [Fact]
    public void Blocks_are_copied_moved_and_set_whatever_their_alignment()
    {
        var copy = (delegate* unmanaged<byte*, byte*, nuint, byte*>)library.Function("memcpy");
        var move = (delegate* unmanaged<byte*, byte*, nuint, byte*>)library.Function("memmove");
        var set = (delegate* unmanaged<byte*, int, nuint, byte*>)library.Function("memset");
        Random random = new(6);
        byte[] actual = new byte[128], expected = new byte[128];
        for (int i = 0; i < Rounds / 4; i++)
        {
            random.NextBytes(actual);
            actual.CopyTo(expected, 0);
            int size = random.Next(40), from = random.Next(40), to = random.Next(40);
            fixed (byte* p = actual)
            {
                Assert.True(move(p + to, p + from, (nuint)size) == p + to);
                Array.Copy(expected, from, expected, to, size);
                Assert.Equal(expected, actual);
                Assert.True(copy(p + 80 + to % 8, p + from, (nuint)size) == p + 80 + to % 8);
                Array.Copy(expected, from, expected, 80 + to % 8, size);
                Assert.True(set(p + to, size * 7, (nuint)size) == p + to);
                Array.Fill(expected, (byte)(size * 7), to, size);
            }
            Assert.Equal(expected, actual);
        }
    }

    private static IEnumerable<(double, double)> Pairs()
    {
        foreach (double a in s_special)
            foreach (double b in s_special) yield return (a, b);
        Random random = new(4);
        for (int i = 0; i < Rounds; i++) yield return (Number(random), Number(random));
    }

    /// <summary>Any bits; subnormal; near 1 (so that sums cancel); around the smallest single; few bits.</summary>
    private static double Number(Random random)
    {
        const ulong keep = 0x800F_FFFF_FFFF_FFFF;
        ulong bits = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
        return BitConverter.UInt64BitsToDouble(random.Next(6) switch
        {
            0 => bits & keep,
            1 => bits & keep | (ulong)random.Next(1020, 1026) << 52,
            2 => bits & keep | (ulong)random.Next(1023 - 160, 1023 - 120) << 52,
            3 => bits & 0x800F_FFFF_0000_0000 | (ulong)random.Next(1000, 1046) << 52,
            4 => BitConverter.DoubleToUInt64Bits((int)bits),
            _ => bits,
        });
    }

    /// <summary>The same bits, or a quiet NaN for a NaN.</summary>
    private static void Same(double expected, double actual, string what)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(actual);
        bool same =
            double.IsNaN(expected) ? double.IsNaN(actual) && (bits >> 51 & 1) == 1 : BitConverter.DoubleToUInt64Bits(expected) == bits;
        Assert.True(same, $"{what} is {expected:R}, not {actual:R}");
    }

    private static void Same(float expected, float actual, string what)
    {
        uint bits = BitConverter.SingleToUInt32Bits(actual);
        bool same =
            float.IsNaN(expected) ? float.IsNaN(actual) && (bits >> 22 & 1) == 1 : BitConverter.SingleToUInt32Bits(expected) == bits;
        Assert.True(same, $"{what} is {expected:R}, not {actual:R}");
    }
}
