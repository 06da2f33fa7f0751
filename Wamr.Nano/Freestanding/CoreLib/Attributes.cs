// SPDX-License-Identifier: MIT
// Attributes the shared sources carry. Empty: they speak to compilers only.
namespace System
{
    public abstract class Attribute { }

    public enum AttributeTargets
    {
        Assembly = 1,
        Class = 4,
        Struct = 8,
        Enum = 16,
        Method = 64,
        Field = 256,
        Parameter = 2048,
        ReturnValue = 8192,
        All = 32767,
    }

    public sealed class AttributeUsageAttribute : Attribute
    {
        public AttributeUsageAttribute(AttributeTargets validOn) { }
        public bool AllowMultiple { get { return false; } set { } }
        public bool Inherited { get { return false; } set { } }
    }

    public sealed class FlagsAttribute : Attribute { }
    public sealed class ParamArrayAttribute : Attribute { }

    public sealed class ObsoleteAttribute : Attribute
    {
        public ObsoleteAttribute() { }
        public ObsoleteAttribute(string message) { }
        public ObsoleteAttribute(string message, bool error) { }
    }
}

namespace System.Reflection
{
    public sealed class DefaultMemberAttribute : Attribute
    {
        public DefaultMemberAttribute(string memberName) { }
    }
}

namespace System.Diagnostics.CodeAnalysis
{
    public sealed class SuppressMessageAttribute : Attribute
    {
        public SuppressMessageAttribute(string category, string checkId) { }
        public string Justification { get { return null; } set { } }
    }
}

namespace System.Runtime.CompilerServices
{
    public enum MethodImplOptions { InternalCall = 4096, NoInlining = 8, AggressiveInlining = 256, AggressiveOptimization = 512 }

    public sealed class MethodImplAttribute : Attribute
    {
        public MethodImplAttribute(MethodImplOptions options) { }
    }

    public sealed class IsReadOnlyAttribute : Attribute { }
    public sealed class IsByRefLikeAttribute : Attribute { }
    public sealed class IsUnmanagedAttribute : Attribute { }
    public sealed class IntrinsicAttribute : Attribute { }
    public sealed class CompilerGeneratedAttribute : Attribute { }
    public sealed class UnsafeValueTypeAttribute : Attribute { }
    public sealed class SkipLocalsInitAttribute : Attribute { }

    public sealed class FixedBufferAttribute : Attribute
    {
        public FixedBufferAttribute(Type elementType, int length) { }
    }

    public static class IsVolatile { }
    public static class UnmanagedType { }

    public sealed class CallConvCdecl { }

    /// <summary>What this core library promises the C# compiler.</summary>
    public static class RuntimeFeature
    {
        public const string UnmanagedSignatureCallingConvention = "UnmanagedSignatureCallingConvention";
        public const string ByRefFields = "ByRefFields";
        public const string NumericIntPtr = "NumericIntPtr";
    }

    public static class RuntimeHelpers
    {
        public static int OffsetToStringData { get { return sizeof(int) * 2; } }

        /// <summary>A span over constant data of elements wider than a byte. The body is never used: compilers know the call.</summary>
        [Intrinsic]
        public static ReadOnlySpan<T> CreateSpan<T>(RuntimeFieldHandle data) { return default; }
    }
}

namespace System.Runtime.InteropServices
{
    public enum LayoutKind { Sequential = 0, Explicit = 2, Auto = 3 }
    public enum CharSet { None = 1, Ansi = 2, Unicode = 3, Auto = 4 }
    public enum CallingConvention { Winapi = 1, Cdecl = 2 }

    public sealed class StructLayoutAttribute : Attribute
    {
        public StructLayoutAttribute(LayoutKind layoutKind) { }
        public int Size;
        public int Pack;
        public CharSet CharSet;
    }

    public sealed class FieldOffsetAttribute : Attribute
    {
        public FieldOffsetAttribute(int offset) { }
    }

    public sealed class InAttribute : Attribute { }
    public sealed class OutAttribute : Attribute { }

    public static class UnmanagedType { }

    /// <summary>Marks a method that C code calls, under the given name.</summary>
    public sealed class UnmanagedCallersOnlyAttribute : Attribute
    {
        public string EntryPoint;
        public Type[] CallConvs;
    }

    /// <summary>Marks a method that C code supplies, under the given name.</summary>
    public sealed class DllImportAttribute : Attribute
    {
        public DllImportAttribute(string dllName) { }
        public string EntryPoint;
        public CallingConvention CallingConvention;
        public bool ExactSpelling;
    }
}
