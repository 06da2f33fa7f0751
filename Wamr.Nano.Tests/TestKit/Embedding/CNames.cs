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
        ["PlatformHooks.GuardedMemory"] = "void *",
    };

    /// <summary>What is another thing in C than in the core: name, and comment.</summary>
    internal static readonly Dictionary<string, (string Name, string Comment)> Instead = new()
    {
        ["PlatformHooks.GuardedMemory"] = ("reserved", "Null."),
    };

    /// <summary>Parameters of the functions that C hands in: C# has no names for them.</summary>
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["HostFunc.Function"] = "wamr_nano_exec_env *env, void *arguments, void *user_data",
        ["MemoryHooks.Allocate"] = "void *data, uint32_t bytes",
        ["MemoryHooks.Reallocate"] = "void *data, void *block, uint32_t bytes",
        ["MemoryHooks.Release"] = "void *data, void *block",
        ["MemoryHooks.Lock"] = "void *data",
        ["MemoryHooks.Unlock"] = "void *data",
        ["PlatformHooks.Write"] = "void *context, uint32_t stream, const uint8_t *bytes, uint32_t size",
        ["PlatformHooks.Read"] = "void *context, uint8_t *buffer, uint32_t size",
        ["PlatformHooks.Clock"] = "void *context, uint32_t clock",
        ["PlatformHooks.Random"] = "void *context, uint8_t *buffer, uint32_t size",
        ["PlatformHooks.Sleep"] = "void *context, uint64_t nanoseconds",
        ["PlatformHooks.ReadSensor"] = "void *context, uint32_t channel",
        ["PlatformHooks.StackBoundary"] = "void *context",
        ["InstantiateArgs.StartTrapped"] = "wamr_nano_exec_env *env, void *start_context",
        ["InstantiateArgs.Resolver"] = "void *resolver_context, const wamr_nano_import *import, wamr_nano_extern *answer",
        ["SetWatch.watch"] = "wamr_nano_exec_env *env",
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
        Declare(
            parameter.GetCustomAttribute<CTypeAttribute>()?.Type,
            parameter.ParameterType,
            Snake(parameter.Name ?? ""),
            $"{parameter.Member.Name}.{parameter.Name}");

    internal static string Declare(FieldInfo field) =>
        Declare(
            field.GetCustomAttribute<CTypeAttribute>()?.Type ?? Fields.GetValueOrDefault(Key(field)),
            field.FieldType,
            NameOf(field),
            Key(field));

    internal static IEnumerable<FieldInfo> FieldsOf(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).OrderBy(field => field.MetadataToken);

    /// <summary>Structures whose fields C reads or writes.</summary>
    internal static IEnumerable<Type> Structures() =>
        Api.SelectMany(Functions).SelectMany(function => function.GetParameters()).Select(parameter => parameter.ParameterType)
            .Append(typeof(HostFunc)).SelectMany(StructuresOf).Distinct();

    private static IEnumerable<Type> StructuresOf(Type type)
    {
        while (type.IsPointer) type = type.GetElementType()!;
        if (type.IsPrimitive || type.IsEnum || type.IsFunctionPointer || type == typeof(void) || Opaque.Contains(type)) return [];
        return FieldsOf(type).SelectMany(field => StructuresOf(field.FieldType)).Append(type);
    }

    internal static string Key(FieldInfo field) => $"{field.DeclaringType!.Name}.{field.Name}";

    internal static string NameOf(FieldInfo field) =>
        Instead.TryGetValue(Key(field), out (string Name, string) other) ? other.Name : Snake(field.Name);

    /// <param name="text">The type in C; null: that of <paramref name="type"/>.</param>
    /// <param name="type">The type in C#.</param>
    /// <param name="name">In C.</param>
    /// <param name="key">Of a function pointer: where its parameters stand in <see cref="Parameters"/>.</param>
    internal static string Declare(string? text, Type type, string name, string key = "")
    {
        if (text == null && type.IsFunctionPointer)
        {
            return Declare(null, type.GetFunctionPointerReturnType(), $"(*{name})") + $"({Parameters[key]})";
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
