// SPDX-License-Identifier: MIT
// Types in the words of the text format.

namespace Wamr.Nano.Tool.Dump;

internal static unsafe class Types
{
    internal static string Of(ValType type) => type.ToString().ToLowerInvariant();

    internal static string Of(FuncType* type) =>
        $"({List(FuncTypes.Params(type), type->ParamCount)}) -> ({List(FuncTypes.Results(type), type->ResultCount)})";

    internal static string Of(Module* module, uint function) => Of(&module->Types[module->Functions[function].TypeIndex]);

    internal static string Of(TableType* table) => $"{Of(table->ElemType)} {Limits(table->Min, table->Max)}";

    internal static string Of(MemoryType* memory) =>
        $"{Limits(memory->Min, memory->Max)} pages of {1u << memory->PageShift} B";

    internal static string Of(ValType type, byte mutable) => mutable != 0 ? $"mut {Of(type)}" : Of(type);

    private static string Limits(uint min, uint max) => max == MemoryType.Unlimited ? $"{min} or more" : $"{min} to {max}";

    private static string List(byte* types, uint count)
    {
        string[] names = new string[count];
        for (uint i = 0; i < count; i++) names[i] = Of((ValType)types[i]);
        return string.Join(", ", names);
    }
}
