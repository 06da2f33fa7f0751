// SPDX-License-Identifier: MIT
// Writes the header of the C API from the C# it is made of.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using Wamr.Nano.Tests.TestKit.Embedding;

namespace Wamr.Nano.Tests.Embedding;

internal sealed class CHeader
{
    private readonly CComments _comments = new([typeof(WasmError).Assembly, typeof(CNames).Assembly]);
    private readonly StringBuilder _text = new();
    private readonly HashSet<Type> _declared = [.. CNames.Opaque];

    internal static string Write() => new CHeader().Header();

    /// <summary>The names of errors, for messages.</summary>
    internal static string WriteErrors()
    {
        StringBuilder text =
            new("// SPDX-License-Identifier: MIT\n// Names of errors; generated, as is wamr_nano.h.\n#include \"wamr_nano.h\"\n\n");
        text.Append("const char *wamr_nano_error_name(wamr_nano_error error)\n{\n    switch (error) {\n");
        foreach (WasmError error in Enum.GetValues<WasmError>())
            text.Append(CultureInfo.InvariantCulture,
                $"    case {CNames.Constant(error)}: return \"{CNames.Snake(error.ToString()).ToUpperInvariant()}\";\n");
        return text.Append("    default: return \"an error of another version\";\n    }\n}\n").ToString();
    }

    private string Header()
    {
        _text.Append("""
            // SPDX-License-Identifier: MIT
            // Wamr.Nano, a WebAssembly micro runtime: the C API. docs/EMBEDDING.md shows how it is used.
            // Generated from Wamr.Nano/Embedding; HeaderTests compares both.
            //
            // No pointer may be null unless its comment allows it. Only one thread at a time may use a runtime and what belongs to it.
            #pragma once
            #include <stdint.h>

            #ifdef __cplusplus
            extern "C" {
            #endif


            """);
        foreach (Type type in CNames.Opaque)
            _text.Append(CultureInfo.InvariantCulture, $"typedef struct {CNames.Of(type)} {CNames.Of(type)};\n");
        _text.Append('\n');
        MethodInfo[] functions = [.. CNames.Api.SelectMany(CNames.Functions)];
        Need(typeof(WasmError));
        Need(typeof(HostForm));
        Need(typeof(HostFunc));
        Need(typeof(StreamKind));
        foreach (MethodInfo function in functions)
            foreach (ParameterInfo parameter in function.GetParameters().Prepend(function.ReturnParameter)) Need(parameter.ParameterType);
        foreach (Type api in CNames.Api)
        {
            _text.Append(CultureInfo.InvariantCulture, $"/* ---- {Title(api)} ---- */\n\n");
            foreach (MethodInfo function in CNames.Functions(api)) Function(function);
        }
        _text.Append("/* ---- Errors ---- */\n\n/* Name of an error, such as \"OUT_OF_MEMORY\"; docs/ERRORS.md explains each. */\n");
        _text.Append("const char *wamr_nano_error_name(wamr_nano_error error);\n\n#ifdef __cplusplus\n}\n#endif\n");
        return _text.ToString();
    }

    private static string Title(Type api) =>
        CNames.Snake(api.Name[..^3]).Replace('_', ' ') is var words ? char.ToUpperInvariant(words[0]) + words[1..] : "";

    /// <summary>Declares a type and those of its fields before it is used.</summary>
    private void Need(Type type)
    {
        while (type.IsPointer) type = type.GetElementType()!;
        if (type.IsFunctionPointer)
        {
            foreach (Type part in type.GetFunctionPointerParameterTypes().Append(type.GetFunctionPointerReturnType())) Need(part);
            return;
        }
        if (type.IsPrimitive || type == typeof(void) || !_declared.Add(type)) return;
        if (type.IsEnum) Enumeration(type);
        else Structure(type);
    }

    private void Enumeration(Type type)
    {
        _text.Append(_comments.Of("T:" + type.FullName));
        string underlying = Enum.GetUnderlyingType(type) == typeof(ushort) ? "uint16_t" : "uint8_t";
        _text.Append(CultureInfo.InvariantCulture, $"typedef {underlying} {CNames.Of(type)};\nenum {{\n");
        foreach (FieldInfo member in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            _text.Append(_comments.Of($"F:{type.FullName}.{member.Name}", 4));
            ulong value = Convert.ToUInt64(member.GetRawConstantValue(), CultureInfo.InvariantCulture);
            _text.Append(CultureInfo.InvariantCulture, $"    {CNames.Constant(type, member.Name)} = {value},\n");
        }
        _text.Append("};\n\n");
    }

    private void Structure(Type type)
    {
        FieldInfo[] fields = [.. CNames.FieldsOf(type)];
        foreach (FieldInfo field in fields) Need(field.FieldType);
        _text.Append(_comments.Of("T:" + type.FullName));
        _text.Append(CultureInfo.InvariantCulture, $"typedef struct {CNames.Of(type)} {{\n");
        foreach (FieldInfo field in fields)
            _text.Append(CommentOf(field)).Append(CultureInfo.InvariantCulture, $"    {CNames.Declare(field)};\n");
        _text.Append(CultureInfo.InvariantCulture, $"}} {CNames.Of(type)};\n\n");
    }

    private string CommentOf(FieldInfo field) => CNames.Instead.TryGetValue(CNames.Key(field), out (string, string Comment) other)
        ? $"    /* {other.Comment} */\n"
        : _comments.Of($"F:{field.DeclaringType!.FullName}.{field.Name}", 4);

    private void Function(MethodInfo function)
    {
        _text.Append(_comments.Of($"M:{function.DeclaringType!.FullName}.{function.Name}"));
        string parameters = string.Join(", ", function.GetParameters().Select(CNames.Declare));
        _text.Append(CNames.Declare(function.ReturnParameter.GetCustomAttribute<Wamr.Nano.Embedding.CTypeAttribute>()?.Type,
            function.ReturnType, CNames.EntryPoint(function)!));
        _text.Append(CultureInfo.InvariantCulture, $"({(parameters.Length == 0 ? "void" : parameters)});\n\n");
    }
}
