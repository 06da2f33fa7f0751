// SPDX-License-Identifier: MIT
// Integer operators of every width: wrapping, guarded division, masked shifts, comparisons.
namespace Wamr.Nano.Tests.TestKit.Iltoc.Corpus;

public static unsafe class Integers
{
    public static int IntAdd(int a, int b) => a + b;
    public static int IntSub(int a, int b) => a - b;
    public static int IntMul(int a, int b) => a * b;
    public static int IntDiv(int a, int b) => b == 0 || b == -1 ? a : a / b;
    public static int IntRem(int a, int b) => b == 0 || b == -1 ? 0 : a % b;
    public static int IntBits(int a, int b) => (a & b) ^ (a | ~b);
    public static int IntNegate(int a) => -a;
    public static int IntLeft(int a, int n) => a << n;
    public static int IntRight(int a, int n) => a >> n;
    public static int IntRightUnsigned(int a, int n) => a >>> n;
    public static int IntConstants(int a) => (a << 5) + (a >> 3) - (a >>> 7) + a * 3 + 1;
    public static bool IntLess(int a, int b) => a < b;
    public static bool IntAtMost(int a, int b) => a <= b;
    public static bool IntEqual(int a, int b) => a == b;
    public static int IntOrder(int a, int b) => a > b ? 1 : a < b ? -1 : 0;
    public static bool IntMixed(int a, int b) => a != 0 && b >= a || a + b < 7;

    public static uint UIntAdd(uint a, uint b) => a + b;
    public static uint UIntSub(uint a, uint b) => a - b;
    public static uint UIntMul(uint a, uint b) => a * b;
    public static uint UIntDiv(uint a, uint b) => b == 0 ? a : a / b;
    public static uint UIntRem(uint a, uint b) => b == 0 ? 0 : a % b;
    public static uint UIntBits(uint a, uint b) => (a & b) ^ (a | ~b);
    public static uint UIntNegate(uint a) => 0 - a;
    public static uint UIntLeft(uint a, int n) => a << n;
    public static uint UIntRight(uint a, int n) => a >> n;
    public static uint UIntRightUnsigned(uint a, int n) => a >>> n;
    public static uint UIntConstants(uint a) => (a << 5) + (a >> 3) - (a >>> 7) + a * 3 + 1;
    public static bool UIntLess(uint a, uint b) => a < b;
    public static bool UIntAtMost(uint a, uint b) => a <= b;
    public static bool UIntEqual(uint a, uint b) => a == b;
    public static int UIntOrder(uint a, uint b) => a > b ? 1 : a < b ? -1 : 0;
    public static bool UIntMixed(uint a, uint b) => a != 0 && b >= a || a + b < 7;

    public static long LongAdd(long a, long b) => a + b;
    public static long LongSub(long a, long b) => a - b;
    public static long LongMul(long a, long b) => a * b;
    public static long LongDiv(long a, long b) => b == 0 || b == -1 ? a : a / b;
    public static long LongRem(long a, long b) => b == 0 || b == -1 ? 0 : a % b;
    public static long LongBits(long a, long b) => (a & b) ^ (a | ~b);
    public static long LongNegate(long a) => -a;
    public static long LongLeft(long a, int n) => a << n;
    public static long LongRight(long a, int n) => a >> n;
    public static long LongRightUnsigned(long a, int n) => a >>> n;
    public static long LongConstants(long a) => (a << 5) + (a >> 3) - (a >>> 7) + a * 3 + 1;
    public static bool LongLess(long a, long b) => a < b;
    public static bool LongAtMost(long a, long b) => a <= b;
    public static bool LongEqual(long a, long b) => a == b;
    public static int LongOrder(long a, long b) => a > b ? 1 : a < b ? -1 : 0;
    public static bool LongMixed(long a, long b) => a != 0 && b >= a || a + b < 7;

    public static ulong ULongAdd(ulong a, ulong b) => a + b;
    public static ulong ULongSub(ulong a, ulong b) => a - b;
    public static ulong ULongMul(ulong a, ulong b) => a * b;
    public static ulong ULongDiv(ulong a, ulong b) => b == 0 ? a : a / b;
    public static ulong ULongRem(ulong a, ulong b) => b == 0 ? 0 : a % b;
    public static ulong ULongBits(ulong a, ulong b) => (a & b) ^ (a | ~b);
    public static ulong ULongLeft(ulong a, int n) => a << n;
    public static ulong ULongRight(ulong a, int n) => a >> n;
    public static ulong ULongRightUnsigned(ulong a, int n) => a >>> n;
    public static ulong ULongConstants(ulong a) => (a << 5) + (a >> 3) - (a >>> 7) + a * 3 + 1;
    public static bool ULongLess(ulong a, ulong b) => a < b;
    public static bool ULongAtMost(ulong a, ulong b) => a <= b;
    public static bool ULongEqual(ulong a, ulong b) => a == b;
    public static int ULongOrder(ulong a, ulong b) => a > b ? 1 : a < b ? -1 : 0;
    public static bool ULongMixed(ulong a, ulong b) => a != 0 && b >= a || a + b < 7;

    public static nint NIntAdd(nint a, nint b) => a + b;
    public static nint NIntSub(nint a, nint b) => a - b;
    public static nint NIntMul(nint a, nint b) => a * b;
    public static nint NIntDiv(nint a, nint b) => b == 0 || b == -1 ? a : a / b;
    public static nint NIntRem(nint a, nint b) => b == 0 || b == -1 ? 0 : a % b;
    public static nint NIntBits(nint a, nint b) => (a & b) ^ (a | ~b);
    public static nint NIntNegate(nint a) => -a;
    public static nint NIntLeft(nint a, int n) => a << n;
    public static nint NIntRight(nint a, int n) => a >> n;
    public static nint NIntRightUnsigned(nint a, int n) => a >>> n;
    public static nint NIntConstants(nint a) => (a << 5) + (a >> 3) - (a >>> 7) + a * 3 + 1;
    public static bool NIntLess(nint a, nint b) => a < b;
    public static bool NIntAtMost(nint a, nint b) => a <= b;
    public static bool NIntEqual(nint a, nint b) => a == b;
    public static int NIntOrder(nint a, nint b) => a > b ? 1 : a < b ? -1 : 0;
    public static bool NIntMixed(nint a, nint b) => a != 0 && b >= a || a + b < 7;

    public static nuint NUIntAdd(nuint a, nuint b) => a + b;
    public static nuint NUIntSub(nuint a, nuint b) => a - b;
    public static nuint NUIntMul(nuint a, nuint b) => a * b;
    public static nuint NUIntDiv(nuint a, nuint b) => b == 0 ? a : a / b;
    public static nuint NUIntRem(nuint a, nuint b) => b == 0 ? 0 : a % b;
    public static nuint NUIntBits(nuint a, nuint b) => (a & b) ^ (a | ~b);
    public static nuint NUIntNegate(nuint a) => 0 - a;
    public static nuint NUIntLeft(nuint a, int n) => a << n;
    public static nuint NUIntRight(nuint a, int n) => a >> n;
    public static nuint NUIntRightUnsigned(nuint a, int n) => a >>> n;
    public static nuint NUIntConstants(nuint a) => (a << 5) + (a >> 3) - (a >>> 7) + a * 3 + 1;
    public static bool NUIntLess(nuint a, nuint b) => a < b;
    public static bool NUIntAtMost(nuint a, nuint b) => a <= b;
    public static bool NUIntEqual(nuint a, nuint b) => a == b;
    public static int NUIntOrder(nuint a, nuint b) => a > b ? 1 : a < b ? -1 : 0;
    public static bool NUIntMixed(nuint a, nuint b) => a != 0 && b >= a || a + b < 7;

    public static int SbyteSum(sbyte a, sbyte b) => a + b * a - (b << 3) + (a >> 1);
    public static sbyte SbyteWrap(sbyte a, sbyte b) => (sbyte)(a * b + 1);
    public static uint ByteSignExtended(byte a) => (uint)(sbyte)a;
    public static int UShortSignExtended(ushort a) => (short)a;
    public static uint SbyteZeroExtended(sbyte a) => (byte)a;
    public static bool SbyteLess(sbyte a, sbyte b) => a < b;
    public static sbyte SbyteIncrement(sbyte a) { a++; a += 3; return a; }

    public static int ByteSum(byte a, byte b) => a + b * a - (b << 3) + (a >> 1);
    public static byte ByteWrap(byte a, byte b) => (byte)(a * b + 1);
    public static bool ByteLess(byte a, byte b) => a < b;
    public static byte ByteIncrement(byte a) { a++; a += 3; return a; }

    public static int ShortSum(short a, short b) => a + b * a - (b << 3) + (a >> 1);
    public static short ShortWrap(short a, short b) => (short)(a * b + 1);
    public static bool ShortLess(short a, short b) => a < b;
    public static short ShortIncrement(short a) { a++; a += 3; return a; }

    public static int UshortSum(ushort a, ushort b) => a + b * a - (b << 3) + (a >> 1);
    public static ushort UshortWrap(ushort a, ushort b) => (ushort)(a * b + 1);
    public static bool UshortLess(ushort a, ushort b) => a < b;
    public static ushort UshortIncrement(ushort a) { a++; a += 3; return a; }

    public static int CharSum(char a, char b) => a + b * a - (b << 3) + (a >> 1);
    public static char CharWrap(char a, char b) => (char)(a * b + 1);
    public static bool CharLess(char a, char b) => a < b;
    public static char CharIncrement(char a) { a++; a += '\u0003'; return a; }

    public static long WideProduct(int a, int b) => (long)a * b;
    public static ulong WideUnsignedProduct(uint a, uint b) => (ulong)a * b;
    public static uint HighHalf(uint a, uint b) => (uint)((ulong)a * b >> 32);
    public static long MixedSigns(int a, uint b) => a + b;
    public static uint UnsignedOfSigned(int a, uint b) => (uint)a / (b | 1) + (uint)(a >> 3);
    public static bool SignedAgainstUnsigned(int a, uint b) => (uint)a < b;
    public static int ByteIndex(byte a, sbyte b) => a ^ b & 0x7F | ~a;
    public static int MostNegative(int a) => a == int.MinValue ? int.MaxValue : -2147483648 ^ a;
    public static long MostNegativeLong(long a) => a == long.MinValue ? 1 : long.MinValue + a;
    public static nint NativeAndInt(nint a, int b) => a + b * 2;
    public static nuint NativeAndUInt(nuint a, uint b) => a * 3 + b;
}
