// SPDX-License-Identifier: MIT
// Float operators, comparisons with NaN, constants, functions of Math.
using System;

namespace Wamr.Nano.Tests.TestKit.Iltoc.Corpus;

public static unsafe class Floats
{
    public static float SingleAdd(float a, float b) => a + b;
    public static float SingleSub(float a, float b) => a - b;
    public static float SingleMul(float a, float b) => a * b;
    public static float SingleDiv(float a, float b) => a / b;
    public static float SingleRem(float a, float b) => a % b;
    public static float SingleNegate(float a) => -a;
    public static bool SingleLess(float a, float b) => a < b;
    public static bool SingleAtMost(float a, float b) => a <= b;
    public static bool SingleMore(float a, float b) => a > b;
    public static bool SingleAtLeast(float a, float b) => a >= b;
    public static bool SingleEqual(float a, float b) => a == b;
    public static bool SingleUnequal(float a, float b) => a != b;
    public static int SingleBranchLess(float a, float b) { if (a < b) return 1; return 2; }
    public static int SingleBranchNotLess(float a, float b) { if (!(a < b)) return 1; return 2; }
    public static int SingleBranchAtMost(float a, float b) { if (a <= b) return 1; return 2; }
    public static int SingleBranchNotAtMost(float a, float b) { if (!(a <= b)) return 1; return 2; }
    public static int SingleBranchMore(float a, float b) { if (a > b) return 1; return 2; }
    public static int SingleBranchNotMore(float a, float b) { if (!(a > b)) return 1; return 2; }
    public static int SingleBranchAtLeast(float a, float b) { if (a >= b) return 1; return 2; }
    public static int SingleBranchNotAtLeast(float a, float b) { if (!(a >= b)) return 1; return 2; }
    public static int SingleBranchEqual(float a, float b) { if (a == b) return 1; return 2; }
    public static int SingleBranchNotEqual(float a, float b) { if (!(a == b)) return 1; return 2; }
    public static int SingleBranchUnequal(float a, float b) { if (a != b) return 1; return 2; }
    public static int SingleBranchNotUnequal(float a, float b) { if (!(a != b)) return 1; return 2; }
    public static float SingleNotContracted(float a, float b, float c) => a * b + c;
    public static float SingleConstants(float a) => a * 0.1f + 1e-40f - 3.5f * a + 123456789f;
    public static float SingleSpecial(int k) =>
        k switch { 0 => float.NaN, 1 => float.PositiveInfinity, 2 => float.NegativeInfinity, 3 => -0.0f, _ => float.MaxValue };
    public static float SingleSqrt(float a) => MathF.Sqrt(a);
    public static float SingleFloor(float a) => MathF.Floor(a);
    public static float SingleCeiling(float a) => MathF.Ceiling(a);
    public static float SingleTruncate(float a) => MathF.Truncate(a);
    public static float SingleRound(float a) => MathF.Round(a);
    public static float SingleAbs(float a) => MathF.Abs(a);

    public static double DoubleAdd(double a, double b) => a + b;
    public static double DoubleSub(double a, double b) => a - b;
    public static double DoubleMul(double a, double b) => a * b;
    public static double DoubleDiv(double a, double b) => a / b;
    public static double DoubleRem(double a, double b) => a % b;
    public static double DoubleNegate(double a) => -a;
    public static bool DoubleLess(double a, double b) => a < b;
    public static bool DoubleAtMost(double a, double b) => a <= b;
    public static bool DoubleMore(double a, double b) => a > b;
    public static bool DoubleAtLeast(double a, double b) => a >= b;
    public static bool DoubleEqual(double a, double b) => a == b;
    public static bool DoubleUnequal(double a, double b) => a != b;
    public static int DoubleBranchLess(double a, double b) { if (a < b) return 1; return 2; }
    public static int DoubleBranchNotLess(double a, double b) { if (!(a < b)) return 1; return 2; }
    public static int DoubleBranchAtMost(double a, double b) { if (a <= b) return 1; return 2; }
    public static int DoubleBranchNotAtMost(double a, double b) { if (!(a <= b)) return 1; return 2; }
    public static int DoubleBranchMore(double a, double b) { if (a > b) return 1; return 2; }
    public static int DoubleBranchNotMore(double a, double b) { if (!(a > b)) return 1; return 2; }
    public static int DoubleBranchAtLeast(double a, double b) { if (a >= b) return 1; return 2; }
    public static int DoubleBranchNotAtLeast(double a, double b) { if (!(a >= b)) return 1; return 2; }
    public static int DoubleBranchEqual(double a, double b) { if (a == b) return 1; return 2; }
    public static int DoubleBranchNotEqual(double a, double b) { if (!(a == b)) return 1; return 2; }
    public static int DoubleBranchUnequal(double a, double b) { if (a != b) return 1; return 2; }
    public static int DoubleBranchNotUnequal(double a, double b) { if (!(a != b)) return 1; return 2; }
    public static double DoubleNotContracted(double a, double b, double c) => a * b + c;
    public static double DoubleConstants(double a) => a * 0.1 + 5e-324 - 3.5 * a + 1e300;
    public static double DoubleSpecial(int k) =>
        k switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => double.NegativeInfinity, 3 => -0.0, _ => double.MaxValue };
    public static double DoubleSqrt(double a) => Math.Sqrt(a);
    public static double DoubleFloor(double a) => Math.Floor(a);
    public static double DoubleCeiling(double a) => Math.Ceiling(a);
    public static double DoubleTruncate(double a) => Math.Truncate(a);
    public static double DoubleRound(double a) => Math.Round(a);
    public static double DoubleAbs(double a) => Math.Abs(a);

    public static double Widened(float a, double b) => a * b;
    public static float Narrowed(double a, float b) => (float)(a + b);
    public static float OfULongOnce(ulong a) => (float)a;
    public static float OfLongOnce(long a) => (float)a;
    public static int SingleBits(float a) => BitConverter.SingleToInt32Bits(a) ^ (int)BitConverter.SingleToUInt32Bits(-a);
    public static long DoubleBits(double a) => BitConverter.DoubleToInt64Bits(a) ^ (long)BitConverter.DoubleToUInt64Bits(-a);
    public static float SingleOfBits(int a) => BitConverter.Int32BitsToSingle(a & 0x3FFFFFFF);
    public static double DoubleOfBits(ulong a) => BitConverter.UInt64BitsToDouble(a & 0x3FFFFFFFFFFFFFFF);
}
