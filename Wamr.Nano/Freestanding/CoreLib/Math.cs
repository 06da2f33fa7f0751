// SPDX-License-Identifier: MIT
// The few functions of System.Math a WebAssembly runtime needs; the C library supplies what the processor lacks.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System
{
    public static partial class Math
    {
        [Intrinsic, DllImport("m", EntryPoint = "sqrt")] public static extern double Sqrt(double value);
        [DllImport("m", EntryPoint = "floor")] public static extern double Floor(double value);
        [DllImport("m", EntryPoint = "ceil")] public static extern double Ceiling(double value);
        [DllImport("m", EntryPoint = "trunc")] public static extern double Truncate(double value);

        /// <summary>To the nearest integer, ties to even.</summary>
        [DllImport("m", EntryPoint = "rint")] public static extern double Round(double value);

        public static double Abs(double value) =>
            BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(value) & 0x7FFFFFFFFFFFFFFF);
    }

    public static class MathF
    {
        [Intrinsic, DllImport("m", EntryPoint = "sqrtf")] public static extern float Sqrt(float value);
        [DllImport("m", EntryPoint = "floorf")] public static extern float Floor(float value);
        [DllImport("m", EntryPoint = "ceilf")] public static extern float Ceiling(float value);
        [DllImport("m", EntryPoint = "truncf")] public static extern float Truncate(float value);

        /// <summary>To the nearest integer, ties to even.</summary>
        [DllImport("m", EntryPoint = "rintf")] public static extern float Round(float value);

        public static float Abs(float value) => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) & 0x7FFFFFFF);
    }

    /// <summary>A number's bits, unchanged, as a number of the other kind.</summary>
    public static unsafe class BitConverter
    {
        [Intrinsic] public static int SingleToInt32Bits(float value) => *(int*)&value;
        [Intrinsic] public static uint SingleToUInt32Bits(float value) => *(uint*)&value;
        [Intrinsic] public static float Int32BitsToSingle(int value) => *(float*)&value;
        [Intrinsic] public static float UInt32BitsToSingle(uint value) => *(float*)&value;
        [Intrinsic] public static long DoubleToInt64Bits(double value) => *(long*)&value;
        [Intrinsic] public static ulong DoubleToUInt64Bits(double value) => *(ulong*)&value;
        [Intrinsic] public static double Int64BitsToDouble(long value) => *(double*)&value;
        [Intrinsic] public static double UInt64BitsToDouble(ulong value) => *(double*)&value;
    }
}
