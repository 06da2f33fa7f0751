// SPDX-License-Identifier: MIT
// Names of the C API: what each type of C#, and each member, is called in the header.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Wamr.Nano.Embedding;

namespace Wamr.Nano.Tests.TestKit.Embedding;

internal static partial class CNames
{
    internal const string Prefix = "wamr_nano_";

    /// <summary>Types whose fields are nobody's business in C.</summary>
    internal static readonly Type[] Opaque = [typeof(Core.Run.Runtime), typeof(Core.Wasm.Module), typeof(Instance), typeof(ExecEnv)];

    /// <summary>The classes of the API, in the order of the header.</summary>
    internal static readonly Type[] Api =
        [typeof(RuntimeApi), typeof(HostFunctionApi), typeof(ModuleApi), typeof(InstanceApi), typeof(ExecEnvApi), typeof(AppMemoryApi)];

    private static readonly Dictionary<Type, string> Types = new()
    {
        [typeof(Core.Run.Runtime)] = "runtime",
        [typeof(Core.Wasm.Module)] = "module",
        [typeof(WasmError)] = "error",
        [typeof(ExternKind)] = "kind",
        [typeof(ValType)] = "value_type",
        [typeof(HostForm)] = "host_form",
        [typeof(HostFunc)] = "host_function",
        [typeof(MemoryRegion)] = "region",
        [typeof(MemoryHooks)] = "allocator",
        [typeof(PlatformHooks)] = "platform",
        [typeof(MemoryStatistics)] = "statistics",
        [typeof(InstantiateArgs)] = "instance_options",
        [typeof(ImportRequest)] = "import",
        [typeof(CallFrame)] = "frame",
        [typeof(ModuleItem)] = "item",
    };

    /// <summary>Fields of the core that are text, or that C may not change.</summary>
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["HostFunc.Name"] = "const char *",
        ["HostFunc.Signature"] = "const char *",
        ["ImportRequest.ModuleName"] = "const char *",
        ["ImportRequest.Name"] = "const char *",
        ["Extern.Host"] = "const wamr_nano_host_function *",
        ["ProgramArguments.Args"] = "const char *const *",
        ["ProgramArguments.Environ"] = "const char *const *",
        ["InstantiateArgs.Wasi"] = "const wamr_nano_program_arguments *",
        ["CallFrame.Pc"] = "const void *",
    };

    internal static IEnumerable<MethodInfo> Functions(Type api) =>
        api.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(m => EntryPoint(m) != null).OrderBy(m => m.MetadataToken);

    internal static string? EntryPoint(MethodInfo method) => method.GetCustomAttribute<UnmanagedCallersOnlyAttribute>()?.EntryPoint;

    internal static string Of(Type type) => Prefix + (Types.GetValueOrDefault(type) ?? Snake(type.Name));

    internal static string Snake(string name) => Upper().Replace(name, "_$0").TrimStart('_').ToLowerInvariant();

    internal static string Constant(Enum value) => Constant(value.GetType(), value.ToString());

    internal static string Constant(Type type, string member) =>
        (type == typeof(WasmError) ? (member == nameof(WasmError.None) ? "WAMR_NANO_OK" : Prefix + Snake(member))
            : $"{Of(type)}_{Snake(member)}").ToUpperInvariant();

    /// <summary>A declaration, such as <c>const char *name</c>.</summary>
    internal static string Declare(ParameterInfo parameter) =>
        Declare(parameter.GetCustomAttribute<CTypeAttribute>()?.Type, parameter.ParameterType, Snake(parameter.Name ?? ""));

    internal static string Declare(FieldInfo field) =>
        Declare(field.GetCustomAttribute<CTypeAttribute>()?.Type
            ?? Fields.GetValueOrDefault($"{field.DeclaringType!.Name}.{field.Name}"), field.FieldType, Snake(field.Name));

    internal static string Declare(string? text, Type type, string name)
    {
        if (text == null && type.IsFunctionPointer)
        {
            string parameters = string.Join(", ", type.GetFunctionPointerParameterTypes().Select(p => Declare(null, p, "").TrimEnd()));
            return Declare(null, type.GetFunctionPointerReturnType(), $"(*{name})") + $"({(parameters.Length == 0 ? "void" : parameters)})";
        }
        text ??= TypeText(type);
        return text.EndsWith('*') ? text + name : $"{text} {name}";
    }

    private static string TypeText(Type type)
    {
        if (type.IsPointer) return TypeText(type.GetElementType()!) is var target && target.EndsWith('*') ? target + "*" : target + " *";
        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => Of(type),
            TypeCode.Byte or TypeCode.Boolean => "uint8_t",
            TypeCode.UInt16 => "uint16_t",
            TypeCode.UInt32 => "uint32_t",
            TypeCode.Int32 => "int32_t",
            TypeCode.UInt64 => "uint64_t",
            _ when type == typeof(void) => "void",
            _ when type == typeof(nuint) => "uintptr_t",
            _ when type.IsValueType => Of(type),
            _ => throw new NotSupportedException($"{type} has no name in C"),
        };
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Upper();
}
