// SPDX-License-Identifier: MIT
// Every conversion between numbers.
namespace Wamr.Nano.Tests.TestKit.Iltoc.Corpus;

public static unsafe class Conversions
{
    public static byte SByteToByte(sbyte a) => (byte)a;
    public static short SByteToShort(sbyte a) => (short)a;
    public static ushort SByteToUShort(sbyte a) => (ushort)a;
    public static int SByteToInt(sbyte a) => (int)a;
    public static uint SByteToUInt(sbyte a) => (uint)a;
    public static long SByteToLong(sbyte a) => (long)a;
    public static ulong SByteToULong(sbyte a) => (ulong)a;
    public static nint SByteToNInt(sbyte a) => (nint)a;
    public static nuint SByteToNUInt(sbyte a) => (nuint)a;
    public static float SByteToFloat(sbyte a) => (float)a;
    public static double SByteToDouble(sbyte a) => (double)a;
    public static char SByteToChar(sbyte a) => (char)a;

    public static sbyte ByteToSByte(byte a) => (sbyte)a;
    public static short ByteToShort(byte a) => (short)a;
    public static ushort ByteToUShort(byte a) => (ushort)a;
    public static int ByteToInt(byte a) => (int)a;
    public static uint ByteToUInt(byte a) => (uint)a;
    public static long ByteToLong(byte a) => (long)a;
    public static ulong ByteToULong(byte a) => (ulong)a;
    public static nint ByteToNInt(byte a) => (nint)a;
    public static nuint ByteToNUInt(byte a) => (nuint)a;
    public static float ByteToFloat(byte a) => (float)a;
    public static double ByteToDouble(byte a) => (double)a;
    public static char ByteToChar(byte a) => (char)a;

    public static sbyte ShortToSByte(short a) => (sbyte)a;
    public static byte ShortToByte(short a) => (byte)a;
    public static ushort ShortToUShort(short a) => (ushort)a;
    public static int ShortToInt(short a) => (int)a;
    public static uint ShortToUInt(short a) => (uint)a;
    public static long ShortToLong(short a) => (long)a;
    public static ulong ShortToULong(short a) => (ulong)a;
    public static nint ShortToNInt(short a) => (nint)a;
    public static nuint ShortToNUInt(short a) => (nuint)a;
    public static float ShortToFloat(short a) => (float)a;
    public static double ShortToDouble(short a) => (double)a;
    public static char ShortToChar(short a) => (char)a;

    public static sbyte UShortToSByte(ushort a) => (sbyte)a;
    public static byte UShortToByte(ushort a) => (byte)a;
    public static short UShortToShort(ushort a) => (short)a;
    public static int UShortToInt(ushort a) => (int)a;
    public static uint UShortToUInt(ushort a) => (uint)a;
    public static long UShortToLong(ushort a) => (long)a;
    public static ulong UShortToULong(ushort a) => (ulong)a;
    public static nint UShortToNInt(ushort a) => (nint)a;
    public static nuint UShortToNUInt(ushort a) => (nuint)a;
    public static float UShortToFloat(ushort a) => (float)a;
    public static double UShortToDouble(ushort a) => (double)a;
    public static char UShortToChar(ushort a) => (char)a;

    public static sbyte IntToSByte(int a) => (sbyte)a;
    public static byte IntToByte(int a) => (byte)a;
    public static short IntToShort(int a) => (short)a;
    public static ushort IntToUShort(int a) => (ushort)a;
    public static uint IntToUInt(int a) => (uint)a;
    public static long IntToLong(int a) => (long)a;
    public static ulong IntToULong(int a) => (ulong)a;
    public static nint IntToNInt(int a) => (nint)a;
    public static nuint IntToNUInt(int a) => (nuint)a;
    public static float IntToFloat(int a) => (float)a;
    public static double IntToDouble(int a) => (double)a;
    public static char IntToChar(int a) => (char)a;

    public static sbyte UIntToSByte(uint a) => (sbyte)a;
    public static byte UIntToByte(uint a) => (byte)a;
    public static short UIntToShort(uint a) => (short)a;
    public static ushort UIntToUShort(uint a) => (ushort)a;
    public static int UIntToInt(uint a) => (int)a;
    public static long UIntToLong(uint a) => (long)a;
    public static ulong UIntToULong(uint a) => (ulong)a;
    public static nint UIntToNInt(uint a) => (nint)a;
    public static nuint UIntToNUInt(uint a) => (nuint)a;
    public static float UIntToFloat(uint a) => (float)a;
    public static double UIntToDouble(uint a) => (double)a;
    public static char UIntToChar(uint a) => (char)a;

    public static sbyte LongToSByte(long a) => (sbyte)a;
    public static byte LongToByte(long a) => (byte)a;
    public static short LongToShort(long a) => (short)a;
    public static ushort LongToUShort(long a) => (ushort)a;
    public static int LongToInt(long a) => (int)a;
    public static uint LongToUInt(long a) => (uint)a;
    public static ulong LongToULong(long a) => (ulong)a;
    public static nint LongToNInt(long a) => (nint)a;
    public static nuint LongToNUInt(long a) => (nuint)a;
    public static float LongToFloat(long a) => (float)a;
    public static double LongToDouble(long a) => (double)a;
    public static char LongToChar(long a) => (char)a;

    public static sbyte ULongToSByte(ulong a) => (sbyte)a;
    public static byte ULongToByte(ulong a) => (byte)a;
    public static short ULongToShort(ulong a) => (short)a;
    public static ushort ULongToUShort(ulong a) => (ushort)a;
    public static int ULongToInt(ulong a) => (int)a;
    public static uint ULongToUInt(ulong a) => (uint)a;
    public static long ULongToLong(ulong a) => (long)a;
    public static nint ULongToNInt(ulong a) => (nint)a;
    public static nuint ULongToNUInt(ulong a) => (nuint)a;
    public static float ULongToFloat(ulong a) => (float)a;
    public static double ULongToDouble(ulong a) => (double)a;
    public static char ULongToChar(ulong a) => (char)a;

    public static sbyte NIntToSByte(nint a) => (sbyte)a;
    public static byte NIntToByte(nint a) => (byte)a;
    public static short NIntToShort(nint a) => (short)a;
    public static ushort NIntToUShort(nint a) => (ushort)a;
    public static int NIntToInt(nint a) => (int)a;
    public static uint NIntToUInt(nint a) => (uint)a;
    public static long NIntToLong(nint a) => (long)a;
    public static ulong NIntToULong(nint a) => (ulong)a;
    public static nuint NIntToNUInt(nint a) => (nuint)a;
    public static float NIntToFloat(nint a) => (float)a;
    public static double NIntToDouble(nint a) => (double)a;
    public static char NIntToChar(nint a) => (char)a;

    public static sbyte NUIntToSByte(nuint a) => (sbyte)a;
    public static byte NUIntToByte(nuint a) => (byte)a;
    public static short NUIntToShort(nuint a) => (short)a;
    public static ushort NUIntToUShort(nuint a) => (ushort)a;
    public static int NUIntToInt(nuint a) => (int)a;
    public static uint NUIntToUInt(nuint a) => (uint)a;
    public static long NUIntToLong(nuint a) => (long)a;
    public static ulong NUIntToULong(nuint a) => (ulong)a;
    public static nint NUIntToNInt(nuint a) => (nint)a;
    public static float NUIntToFloat(nuint a) => (float)a;
    public static double NUIntToDouble(nuint a) => (double)a;
    public static char NUIntToChar(nuint a) => (char)a;

    public static sbyte FloatToSByte(float a) => (sbyte)a;
    public static byte FloatToByte(float a) => (byte)a;
    public static short FloatToShort(float a) => (short)a;
    public static ushort FloatToUShort(float a) => (ushort)a;
    public static int FloatToInt(float a) => (int)a;
    public static uint FloatToUInt(float a) => (uint)a;
    public static long FloatToLong(float a) => (long)a;
    public static ulong FloatToULong(float a) => (ulong)a;
    public static nint FloatToNInt(float a) => (nint)a;
    public static nuint FloatToNUInt(float a) => (nuint)a;
    public static double FloatToDouble(float a) => (double)a;
    public static char FloatToChar(float a) => (char)a;

    public static sbyte DoubleToSByte(double a) => (sbyte)a;
    public static byte DoubleToByte(double a) => (byte)a;
    public static short DoubleToShort(double a) => (short)a;
    public static ushort DoubleToUShort(double a) => (ushort)a;
    public static int DoubleToInt(double a) => (int)a;
    public static uint DoubleToUInt(double a) => (uint)a;
    public static long DoubleToLong(double a) => (long)a;
    public static ulong DoubleToULong(double a) => (ulong)a;
    public static nint DoubleToNInt(double a) => (nint)a;
    public static nuint DoubleToNUInt(double a) => (nuint)a;
    public static float DoubleToFloat(double a) => (float)a;
    public static char DoubleToChar(double a) => (char)a;

    public static sbyte CharToSByte(char a) => (sbyte)a;
    public static byte CharToByte(char a) => (byte)a;
    public static short CharToShort(char a) => (short)a;
    public static ushort CharToUShort(char a) => (ushort)a;
    public static int CharToInt(char a) => (int)a;
    public static uint CharToUInt(char a) => (uint)a;
    public static long CharToLong(char a) => (long)a;
    public static ulong CharToULong(char a) => (ulong)a;
    public static nint CharToNInt(char a) => (nint)a;
    public static nuint CharToNUInt(char a) => (nuint)a;
    public static float CharToFloat(char a) => (float)a;
    public static double CharToDouble(char a) => (double)a;
}
