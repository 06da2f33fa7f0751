// SPDX-License-Identifier: MIT
// The types the C# compiler itself demands. They hold nothing the core could allocate: no string is ever made at run time.
namespace System;

public partial class Object { }
public abstract class ValueType { }
public abstract class Enum : ValueType { }
public struct Void { }
public struct Boolean { }
public struct Char { }
public struct SByte { public const sbyte MinValue = -128, MaxValue = 127; }
public struct Byte { public const byte MinValue = 0, MaxValue = 255; }
public struct Int16 { public const short MinValue = -32768, MaxValue = 32767; }
public struct UInt16 { public const ushort MinValue = 0, MaxValue = 65535; }
public struct Int32 { public const int MinValue = -2147483648, MaxValue = 2147483647; }
public struct UInt32 { public const uint MinValue = 0, MaxValue = 4294967295; }
public struct Int64 { public const long MinValue = -9223372036854775808, MaxValue = 9223372036854775807; }
public struct UInt64 { public const ulong MinValue = 0, MaxValue = 18446744073709551615; }
public struct IntPtr { }
public struct UIntPtr { }
public struct Single
{
    public const float NaN = 0f / 0f, PositiveInfinity = 1f / 0f, NegativeInfinity = -1f / 0f, MaxValue = 3.40282347e38f;
}
public struct Double
{
    public const double NaN = 0d / 0d, PositiveInfinity = 1d / 0d, NegativeInfinity = -1d / 0d, MaxValue = 1.7976931348623157e308;
}
public abstract class Array { }
public abstract class Delegate { }
public abstract class MulticastDelegate : Delegate { }
public class Exception { }
public struct RuntimeTypeHandle { }
public struct RuntimeMethodHandle { }
public struct RuntimeFieldHandle { }
public struct Nullable<T> where T : struct { }

public sealed class String
{
    // The compiler lays string literals out by this field; the core is refused any (see docs/LANGUAGE.md).
    public readonly int Length;
}

public abstract class Type { }
