// SPDX-License-Identifier: MIT
// Answers a module's imports from the exports of other instances.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Wamr.Nano.Core;

namespace Wamr.Nano;

/// <summary>Answers imports while one module is instantiated, and remembers the last one that it could not answer.</summary>
internal sealed unsafe class ImportResolver(IReadOnlyDictionary<string, NanoInstance> instances)
{
    private readonly IReadOnlyDictionary<string, NanoInstance> _instances = instances;

    /// <summary>The last import asked for, for the message where it is at fault.</summary>
    internal string? Missing { get; private set; }

    /// <summary>The core's hook: anything but <see cref="WasmError.UnknownImport"/> is an answer.</summary>
    internal static WasmError Answer(void* context, ImportRequest* request, Extern* answer)
    {
        ImportResolver resolver = (ImportResolver)GCHandle.FromIntPtr((nint)context).Target!;
        string module = Text(request->ModuleName, request->ModuleLength);
        ReadOnlySpan<byte> name = new(request->Name, (int)request->NameLength);
        resolver.Missing = $"{request->Kind} '{module}.{Text(request->Name, request->NameLength)}'";
        if (!resolver._instances.TryGetValue(module, out NanoInstance? instance)) return WasmError.UnknownImport;
        if (!instance.TryFind(name, out ExternKind kind, out uint index)) return WasmError.UnknownImport;
        answer->Instance = instance.Pointer;
        answer->Index = index;
        answer->Kind = kind;
        return WasmError.None;
    }

    private static string Text(byte* utf8, uint length) => Encoding.UTF8.GetString(utf8, (int)length);
}
