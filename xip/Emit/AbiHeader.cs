// SPDX-License-Identifier: MIT
// The C side of the ABI, generated from the structures of the core: one definition, asserted on both sides.
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;

namespace Wamr.Nano.Xip.Emit;

internal static unsafe class AbiHeader
{
    /// <summary>The base of a function's number in the argument of <c>raise</c>, and its number of bits.</summary>
    internal const uint Traps = 5000;
    internal const int TrapBits = 4;

    /// <summary>
    /// Structures and constants as C, with an assertion for the offset of each field on a machine with pointers of that size.
    /// </summary>
    internal static string Text(uint pointerBytes)
    {
        StringBuilder text = new();
        text.Append($"// Made from the runtime's structures: ABI version {NativeAbi.Version}.\n");
        Struct(text, typeof(HostFunc), "HostFunction", pointerBytes);
        Struct(text, typeof(FuncBinding), "Binding", pointerBytes);
        Struct(text, typeof(TableInst), "Table", pointerBytes);
        Struct(text, typeof(NativeEnv), "Env", pointerBytes);
        text.Append($"#define XIP_FAULTED {NativeAbi.Faulted}u\n");
        text.Append($"#define XIP_TRAPS {Traps}u\n");
        text.Append($"#define XIP_OUT_OF_BOUNDS {(uint)WasmError.MemoryOutOfBounds}u\n");
        foreach (NativeService service in Enum.GetValues<NativeService>())
            text.Append($"#define {Macro(service.ToString())} {(uint)service}u\n");
        text.Append($"#define XIP_DIRECT {(uint)HostForm.Direct}u\n");
        return text.ToString();
    }

    /// <summary>The offset of each field and of the end, with the fields in order and naturally aligned.</summary>
    internal static IReadOnlyList<(string Field, Type Type, uint Offset)> Layout(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)]
        Type type,
        uint pointerBytes)
    {
        List<(string, Type, uint)> layout = [];
        uint at = 0, alignment = 1;
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
        {
            uint size = SizeOf(field.FieldType, pointerBytes);
            at = (at + size - 1) & ~(size - 1);
            alignment = Math.Max(alignment, size);
            layout.Add((field.Name, field.FieldType, at));
            at += size;
        }
        layout.Add(("", type, (at + alignment - 1) & ~(alignment - 1)));
        return layout;
    }

    private static void Struct(
        StringBuilder text,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)]
        Type type,
        string name,
        uint pointerBytes)
    {
        IReadOnlyList<(string Field, Type Type, uint Offset)> layout = Layout(type, pointerBytes);
        text.Append("typedef struct {\n");
        foreach ((string field, Type fieldType, _) in layout)
            if (field.Length != 0) text.Append($"    {NameOf(fieldType)} {field};\n");
        text.Append($"}} {name};\n");
        foreach ((string field, _, uint offset) in layout)
        {
            string place = field.Length == 0 ? $"sizeof({name})" : $"__builtin_offsetof({name}, {field})";
            text.Append($"_Static_assert({place} == {offset}, \"ABI\");\n");
        }
    }

    private static bool IsPointer(Type type) => type.IsPointer || type.IsFunctionPointer || type.IsUnmanagedFunctionPointer;

    private static uint SizeOf(Type type, uint pointerBytes)
    {
        if (IsPointer(type) || type == typeof(nuint)) return pointerBytes;
        if (type.IsEnum) type = Enum.GetUnderlyingType(type);
        return type == typeof(byte) ? 1u : type == typeof(uint) || type == typeof(int) ? 4u : throw new NotSupportedException(type.Name);
    }

    private static string NameOf(Type type)
    {
        if (type == typeof(uint*)) return "u32 *";
        if (type == typeof(uint**)) return "u32 **";
        if (type == typeof(byte*)) return "u8 *";
        if (type == typeof(TableInst**)) return "Table **";
        if (type == typeof(FuncBinding*)) return "Binding *";
        if (type == typeof(HostFunc*)) return "HostFunction *";
        if (IsPointer(type)) return "void *";
        if (type == typeof(nuint)) return "uptr";
        return type == typeof(int) ? "s32" : SizeOf(type, 4) == 1 ? "u8" : "u32";
    }

    /// <summary>CallImport is XIP_CALL_IMPORT.</summary>
    private static string Macro(string name)
    {
        StringBuilder macro = new("XIP");
        foreach (char c in name) macro.Append(char.IsUpper(c) ? "_" : "").Append(char.ToUpperInvariant(c));
        return macro.ToString();
    }
}
