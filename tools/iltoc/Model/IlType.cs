// SPDX-License-Identifier: MIT
// The types of the subset: numbers, pointers, function pointers, structs. Equality is by key.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;

namespace Wamr.Nano.IlToC;

internal enum Prim { Void, I1, U1, I2, U2, I4, U4, I8, U8, I, U, R4, R8 }

/// <summary>The type of a value on the evaluation stack (ECMA-335 III.1.1).</summary>
internal enum StackKind { None, Int32, Int64, Native, Float, Struct }

internal abstract class IlType : IEquatable<IlType>
{
    internal abstract string Key { get; }
    internal abstract StackKind Kind { get; }

    public bool Equals(IlType? other) => other is not null && other.Key == Key;
    public override bool Equals(object? obj) => Equals(obj as IlType);
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);
    public override string ToString() => Key;

    internal bool IsPointer => this is PointerType or FunctionType;
    internal bool IsVoid => this is PrimType { Prim: Prim.Void };
    internal bool IsFloat => Kind == StackKind.Float;
    internal bool IsInteger => this is PrimType && Kind is StackKind.Int32 or StackKind.Int64 or StackKind.Native;
    internal bool IsUnsigned => this is PrimType { Prim: Prim.U1 or Prim.U2 or Prim.U4 or Prim.U8 or Prim.U };

    /// <summary>The size in bytes of a number that is the same on every target; otherwise 0.</summary>
    internal int FixedSize => this is PrimType p ? p.Prim switch
    {
        Prim.I1 or Prim.U1 => 1,
        Prim.I2 or Prim.U2 => 2,
        Prim.I4 or Prim.U4 or Prim.R4 => 4,
        Prim.I8 or Prim.U8 or Prim.R8 => 8,
        _ => 0,
    } : 0;
}

internal sealed class PrimType : IlType
{
    internal static readonly PrimType Void = new(Prim.Void), I1 = new(Prim.I1), U1 = new(Prim.U1), I2 = new(Prim.I2), U2 = new(Prim.U2),
        I4 = new(Prim.I4), U4 = new(Prim.U4), I8 = new(Prim.I8), U8 = new(Prim.U8), I = new(Prim.I), U = new(Prim.U),
        R4 = new(Prim.R4), R8 = new(Prim.R8);

    private PrimType(Prim prim) => Prim = prim;

    internal Prim Prim { get; }
    internal override string Key => Prim switch
    {
        Prim.Void => "void", Prim.I => "iptr", Prim.U => "uptr", Prim.R4 => "f32", Prim.R8 => "f64",
        Prim.I1 => "i8", Prim.I2 => "i16", Prim.I4 => "i32", Prim.I8 => "i64",
        Prim.U1 => "u8", Prim.U2 => "u16", Prim.U4 => "u32", _ => "u64",
    };

    internal override StackKind Kind => Prim switch
    {
        Prim.Void => StackKind.None,
        Prim.I8 or Prim.U8 => StackKind.Int64,
        Prim.I or Prim.U => StackKind.Native,
        Prim.R4 or Prim.R8 => StackKind.Float,
        _ => StackKind.Int32,
    };
}

/// <summary>A pointer or a by-ref: one thing in C.</summary>
internal sealed class PointerType(IlType target) : IlType
{
    internal IlType Target { get; } = target;
    internal override string Key { get; } = target.Key + "*";
    internal override StackKind Kind => StackKind.Native;
}

internal sealed class FunctionType(IlType result, IReadOnlyList<IlType> parameters) : IlType
{
    internal IlType Result { get; } = result;
    internal IReadOnlyList<IlType> Parameters { get; } = parameters;
    internal override string Key { get; } = "fn(" + string.Join(",", parameters.Select(p => p.Key)) + ")" + result.Key;
    internal override StackKind Kind => StackKind.Native;
}

/// <summary>A struct of the assembly; <paramref name="arguments"/> are those of a generic one.</summary>
internal sealed class StructType(TypeDefinitionHandle definition, string name, IReadOnlyList<IlType> arguments) : IlType
{
    internal TypeDefinitionHandle Definition { get; } = definition;
    internal IReadOnlyList<IlType> Arguments { get; } = arguments;

    /// <summary>Full C# name, without arguments.</summary>
    internal string Name { get; } = name;
    internal override string Key { get; } = name + (arguments.Count == 0 ? "" : "<" + string.Join(",", arguments.Select(a => a.Key)) + ">");
    internal override StackKind Kind => StackKind.Struct;
}

/// <summary>A type outside the subset; refused where it is used.</summary>
internal sealed class ForeignType(string name) : IlType
{
    internal override string Key { get; } = name;
    internal override StackKind Kind => StackKind.None;
}
