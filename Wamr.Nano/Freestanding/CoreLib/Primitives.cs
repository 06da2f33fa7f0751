// SPDX-License-Identifier: MIT
// The types the C# compiler itself demands. They hold nothing the core could allocate: no string is ever made at run time.
namespace System;

public class Object { }
public abstract class ValueType { }
public abstract class Enum : ValueType { }
public struct Void { }
public struct Boolean { }
public struct Char { }
public struct SByte { }
public struct Byte { }
public struct Int16 { }
public struct UInt16 { }
public struct Int32 { }
public struct UInt32 { }
public struct Int64 { }
public struct UInt64 { }
public struct IntPtr { }
public struct UIntPtr { }
public struct Single { }
public struct Double { }
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
