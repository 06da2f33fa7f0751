// SPDX-License-Identifier: MIT
// The one table of C# methods that become C helpers or compiler builtins instead of being translated.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.IlToC;

/// <summary>A row: the helper's C name, and whether it reads or writes memory, which limits how code around it may be reordered.</summary>
internal readonly record struct Intrinsic(string Helper, bool Reads = false, bool Writes = false);

internal static class Intrinsics
{
    private const string Bits = "System.Numerics.BitOperations.", Raw = "Wamr.Nano.Core.Platform.Raw.", Cast = "System.BitConverter.";

    private static readonly Dictionary<string, Intrinsic> Table = new(StringComparer.Ordinal)
    {
        [Bits + "LeadingZeroCount(u32)"] = new("il_clz32"),
        [Bits + "LeadingZeroCount(u64)"] = new("il_clz64"),
        [Bits + "TrailingZeroCount(u32)"] = new("il_ctz32"),
        [Bits + "TrailingZeroCount(u64)"] = new("il_ctz64"),
        [Bits + "PopCount(u32)"] = new("il_popcount32"),
        [Bits + "PopCount(u64)"] = new("il_popcount64"),
        [Bits + "RotateLeft(u32,i32)"] = new("il_rotl32"),
        [Bits + "RotateLeft(u64,i32)"] = new("il_rotl64"),
        [Bits + "RotateRight(u32,i32)"] = new("il_rotr32"),
        [Bits + "RotateRight(u64,i32)"] = new("il_rotr64"),

        [Cast + "SingleToInt32Bits(f32)"] = new("il_f32_bits_i32"),
        [Cast + "SingleToUInt32Bits(f32)"] = new("il_f32_bits_u32"),
        [Cast + "Int32BitsToSingle(i32)"] = new("il_i32_bits_f32"),
        [Cast + "UInt32BitsToSingle(u32)"] = new("il_u32_bits_f32"),
        [Cast + "DoubleToInt64Bits(f64)"] = new("il_f64_bits_i64"),
        [Cast + "DoubleToUInt64Bits(f64)"] = new("il_f64_bits_u64"),
        [Cast + "Int64BitsToDouble(i64)"] = new("il_i64_bits_f64"),
        [Cast + "UInt64BitsToDouble(u64)"] = new("il_u64_bits_f64"),

        ["System.Math.Sqrt(f64)"] = new("il_sqrt"),
        ["System.Math.Floor(f64)"] = new("il_floor"),
        ["System.Math.Ceiling(f64)"] = new("il_ceil"),
        ["System.Math.Truncate(f64)"] = new("il_trunc"),
        ["System.Math.Round(f64)"] = new("il_rint"),
        ["System.Math.Abs(f64)"] = new("il_fabs"),
        ["System.MathF.Sqrt(f32)"] = new("il_sqrtf"),
        ["System.MathF.Floor(f32)"] = new("il_floorf"),
        ["System.MathF.Ceiling(f32)"] = new("il_ceilf"),
        ["System.MathF.Truncate(f32)"] = new("il_truncf"),
        ["System.MathF.Round(f32)"] = new("il_rintf"),
        ["System.MathF.Abs(f32)"] = new("il_fabsf"),

        [Raw + "Load16(u8*)"] = new("il_load16", Reads: true),
        [Raw + "Load32(u8*)"] = new("il_load32", Reads: true),
        [Raw + "Load64(u8*)"] = new("il_load64", Reads: true),
        [Raw + "Store16(u8*,u16)"] = new("il_store16", Writes: true),
        [Raw + "Store32(u8*,u32)"] = new("il_store32", Writes: true),
        [Raw + "Store64(u8*,u64)"] = new("il_store64", Writes: true),
        [Raw + "Copy(u8*,u8*,u32)"] = new("il_move", Writes: true),
        [Raw + "Fill(u8*,u8,u32)"] = new("il_fill", Writes: true),
    };

    internal static bool TryGet(Method method, out Intrinsic intrinsic) =>
        Table.TryGetValue($"{method.FullName}({string.Join(",", method.Parameters.Select(p => p.Key))})", out intrinsic);
}
