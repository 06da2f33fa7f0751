// SPDX-License-Identifier: MIT
// Types of what a module imports and exports (spec chapter 2.3.11 "External Types").
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>
/// The type of an import or an export: a <see cref="WasmFunctionType"/>, <see cref="WasmMemoryType"/>, <see cref="WasmTableType"/> or
/// <see cref="WasmGlobalType"/>.
/// </summary>
public abstract record WasmExternType
{
    private protected WasmExternType()
    {
    }

    private protected static string Limits(uint min, uint? max) => max == null ? $"{min} or more" : $"{min} to {max}";

    internal static uint? Max(uint max) => max == MemoryType.Unlimited ? null : max;
}

/// <summary>The type of a function.</summary>
/// <param name="Parameters">The types of the parameters.</param>
/// <param name="Results">The types of the results.</param>
public sealed record WasmFunctionType(IReadOnlyList<WasmType> Parameters, IReadOnlyList<WasmType> Results) : WasmExternType
{
    internal static unsafe WasmFunctionType Of(FuncType* type) =>
        new(Types(FuncTypes.Params(type), type->ParamCount), Types(FuncTypes.Results(type), type->ResultCount));

    /// <summary>Whether both have the same parameters and results.</summary>
    public bool Equals(WasmFunctionType? other) =>
        other != null && Parameters.SequenceEqual(other.Parameters) && Results.SequenceEqual(other.Results);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (WasmType type in Parameters) hash.Add(type);
        hash.Add(-1);
        foreach (WasmType type in Results) hash.Add(type);
        return hash.ToHashCode();
    }

    /// <summary>The type as a text, such as <c>(I32, F64) -> I32</c>.</summary>
    public override string ToString() =>
        $"({string.Join(", ", Parameters)}) -> {(Results.Count == 1 ? Results[0] : $"({string.Join(", ", Results)})")}";

    private static unsafe WasmType[] Types(byte* types, uint count)
    {
        WasmType[] result = new WasmType[count];
        for (uint i = 0; i < count; i++) result[i] = (WasmType)types[i];
        return result;
    }
}

/// <summary>The type of a linear memory.</summary>
/// <param name="MinPages">The initial number of pages.</param>
/// <param name="MaxPages">The largest number of pages; null for no limit.</param>
/// <param name="PageBytes">Size of a page in bytes: 65,536, or 1 with custom page sizes.</param>
public sealed record WasmMemoryType(uint MinPages, uint? MaxPages, uint PageBytes) : WasmExternType
{
    internal static WasmMemoryType Of(in MemoryType type) => new(type.Min, Max(type.Max), 1u << type.PageShift);

    /// <summary>The type as a text, such as <c>memory of 1 to 4 pages of 65536 B</c>.</summary>
    public override string ToString() => $"memory of {Limits(MinPages, MaxPages)} pages of {PageBytes} B";
}

/// <summary>The type of a table.</summary>
/// <param name="ElementType">The type of the elements: FuncRef or ExternRef.</param>
/// <param name="MinSize">The initial number of elements.</param>
/// <param name="MaxSize">The largest number of elements; null for no limit.</param>
public sealed record WasmTableType(WasmType ElementType, uint MinSize, uint? MaxSize) : WasmExternType
{
    internal static WasmTableType Of(in TableType type) => new((WasmType)type.ElemType, type.Min, Max(type.Max));

    /// <summary>The type as a text, such as <c>table of 1 to 4 FuncRef</c>.</summary>
    public override string ToString() => $"table of {Limits(MinSize, MaxSize)} {ElementType}";
}

/// <summary>The type of a global.</summary>
/// <param name="ValueType">The type of the value.</param>
/// <param name="IsMutable">Whether the value may be set.</param>
public sealed record WasmGlobalType(WasmType ValueType, bool IsMutable) : WasmExternType
{
    /// <summary>The type as a text, such as <c>mutable global I32</c>.</summary>
    public override string ToString() => $"{(IsMutable ? "mutable" : "constant")} global {ValueType}";
}
