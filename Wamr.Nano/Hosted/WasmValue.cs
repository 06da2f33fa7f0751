// SPDX-License-Identifier: MIT
// A value that crosses the border between .NET and WebAssembly (spec chapter 4.2.1).
using System;
using System.Globalization;
using Wamr.Nano.Core.Platform;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>The type of a WebAssembly value. The number is the type's byte in the binary format.</summary>
public enum WasmType : byte
{
    /// <summary>32-bit integer: <see cref="int"/> or <see cref="uint"/>.</summary>
    I32 = 0x7F,

    /// <summary>64-bit integer: <see cref="long"/> or <see cref="ulong"/>.</summary>
    I64 = 0x7E,

    /// <summary><see cref="float"/>.</summary>
    F32 = 0x7D,

    /// <summary><see cref="double"/>.</summary>
    F64 = 0x7C,

    /// <summary>An opaque reference to a function; 0 is null.</summary>
    FuncRef = 0x70,

    /// <summary>A reference to an object of the host: a number that the host chooses; 0 is null.</summary>
    ExternRef = 0x6F,
}

/// <summary>
/// A WebAssembly value with its type. A .NET number converts to a value implicitly. To get the number back, use a cast or an As... method.
/// These convert only between signed and unsigned numbers, and throw if the value has another type.
/// </summary>
/// <example>
/// <code>
/// WasmValue value = app.GetFunction("add").Call(1, 2);
/// int sum = (int)value;          // or value.AsInt32()
/// </code>
/// </example>
public readonly struct WasmValue : IEquatable<WasmValue>
{
    internal WasmValue(WasmType type, ulong bits) => (Type, Bits) = (type, bits);

    /// <summary>The type of the value.</summary>
    public WasmType Type { get; }

    /// <summary>The bits of the value. For 32-bit types, the upper half is 0. The bits of a NaN are unchanged.</summary>
    public ulong Bits { get; }

    /// <summary>A reference to an object of the host.</summary>
    /// <param name="handle">A number that the host chooses; 0 is null.</param>
    public static WasmValue FromExternRef(uint handle) => new(WasmType.ExternRef, handle);

    /// <summary>The value of an I32.</summary>
    /// <exception cref="InvalidCastException">The value has another type.</exception>
    public int AsInt32() => (int)BitsOf(WasmType.I32);

    /// <summary>The value of an I64.</summary>
    /// <exception cref="InvalidCastException">The value has another type.</exception>
    public long AsInt64() => (long)BitsOf(WasmType.I64);

    /// <summary>The value of an F32.</summary>
    /// <exception cref="InvalidCastException">The value has another type.</exception>
    public float AsSingle() => BitConverter.UInt32BitsToSingle((uint)BitsOf(WasmType.F32));

    /// <summary>The value of an F64.</summary>
    /// <exception cref="InvalidCastException">The value has another type.</exception>
    public double AsDouble() => BitConverter.UInt64BitsToDouble(BitsOf(WasmType.F64));

    /// <summary>The number of an ExternRef; 0 is null.</summary>
    /// <exception cref="InvalidCastException">The value has another type.</exception>
    public uint AsExternRef() => (uint)BitsOf(WasmType.ExternRef);

    /// <summary>An I32.</summary>
    public static implicit operator WasmValue(int value) => new(WasmType.I32, (uint)value);

    /// <summary>An I32.</summary>
    public static implicit operator WasmValue(uint value) => new(WasmType.I32, value);

    /// <summary>An I64.</summary>
    public static implicit operator WasmValue(long value) => new(WasmType.I64, (ulong)value);

    /// <summary>An I64.</summary>
    public static implicit operator WasmValue(ulong value) => new(WasmType.I64, value);

    /// <summary>An F32.</summary>
    public static implicit operator WasmValue(float value) => new(WasmType.F32, BitConverter.SingleToUInt32Bits(value));

    /// <summary>An F64.</summary>
    public static implicit operator WasmValue(double value) => new(WasmType.F64, BitConverter.DoubleToUInt64Bits(value));

    /// <summary>The value of an I32: see <see cref="AsInt32"/>.</summary>
    public static explicit operator int(WasmValue value) => value.AsInt32();

    /// <summary>The value of an I32 as an unsigned number: see <see cref="AsInt32"/>.</summary>
    public static explicit operator uint(WasmValue value) => (uint)value.AsInt32();

    /// <summary>The value of an I64: see <see cref="AsInt64"/>.</summary>
    public static explicit operator long(WasmValue value) => value.AsInt64();

    /// <summary>The value of an I64 as an unsigned number: see <see cref="AsInt64"/>.</summary>
    public static explicit operator ulong(WasmValue value) => (ulong)value.AsInt64();

    /// <summary>The value of an F32: see <see cref="AsSingle"/>.</summary>
    public static explicit operator float(WasmValue value) => value.AsSingle();

    /// <summary>The value of an F64: see <see cref="AsDouble"/>.</summary>
    public static explicit operator double(WasmValue value) => value.AsDouble();

    /// <summary>Whether type and bits are the same. So a NaN equals itself, and 0 and -0 differ.</summary>
    public bool Equals(WasmValue other) => Type == other.Type && Bits == other.Bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is WasmValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Bits);

    /// <summary>Whether type and bits are the same.</summary>
    public static bool operator ==(WasmValue left, WasmValue right) => left.Equals(right);

    /// <summary>Whether type or bits differ.</summary>
    public static bool operator !=(WasmValue left, WasmValue right) => !left.Equals(right);

    /// <summary>
    /// The number, or the reference in hexadecimal, without the type. Infinity is <c>inf</c>, and a NaN shows its bits, such as
    /// <c>nan:0x400000</c>, as in the text format.
    /// </summary>
    public override string ToString() => Type switch
    {
        WasmType.I32 => AsInt32().ToString(CultureInfo.InvariantCulture),
        WasmType.I64 => AsInt64().ToString(CultureInfo.InvariantCulture),
        WasmType.F32 =>
            float.IsFinite(AsSingle()) ? AsSingle().ToString("R", CultureInfo.InvariantCulture) : NotFinite(Bits >> 31, Bits & 0x7F_FFFF),
        WasmType.F64 =>
            double.IsFinite(AsDouble()) ? AsDouble().ToString("R", CultureInfo.InvariantCulture)
            : NotFinite(Bits >> 63, Bits & 0xF_FFFF_FFFF_FFFF),
        _ => Bits == 0 ? "null" : string.Create(CultureInfo.InvariantCulture, $"0x{Bits:x}"),
    };

    private static string NotFinite(ulong sign, ulong payload) =>
        (sign == 0 ? "" : "-") + (payload == 0 ? "inf" : string.Create(CultureInfo.InvariantCulture, $"nan:0x{payload:x}"));

    /// <summary>Reads a value from 32-bit slots, low half first.</summary>
    internal static unsafe WasmValue FromSlots(ValType type, uint* slots) =>
        new((WasmType)type, ValTypes.Slots(type) == 2 ? Raw.Load64((byte*)slots) : *slots);

    /// <summary>Writes it to 32-bit slots.</summary>
    /// <returns>The number of slots used.</returns>
    internal unsafe uint ToSlots(uint* slots)
    {
        uint count = ValTypes.Slots((ValType)Type);
        if (count == 2) Raw.Store64((byte*)slots, Bits);
        else *slots = (uint)Bits;
        return count;
    }

    private ulong BitsOf(WasmType type) =>
        Type == type ? Bits : throw new InvalidCastException($"the value is an {Type}, not an {type}");
}
