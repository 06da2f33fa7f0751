// SPDX-License-Identifier: MIT
// Answers a module's imports from the exports of other instances.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using Wamr.Nano.Core;

namespace Wamr.Nano;

/// <summary>Answers imports while one module is instantiated.</summary>
internal sealed unsafe class ImportResolver
{
    private readonly IReadOnlyDictionary<string, NanoInstance> _instances;
    private readonly NanoRuntime _runtime;

    /// <exception cref="ArgumentException">An instance is null or of another runtime.</exception>
    /// <exception cref="ObjectDisposedException">An instance was disposed.</exception>
    internal ImportResolver(IReadOnlyDictionary<string, NanoInstance> instances, NanoRuntime runtime)
    {
        _instances = instances;
        _runtime = runtime;
        foreach (NanoInstance instance in instances.Values) Check(instance);
    }

    /// <summary>The last import asked for, for the message where it is at fault.</summary>
    internal string? Latest { get; private set; }

    /// <summary>The core's hook: anything but <see cref="WasmError.UnknownImport"/> is an answer. No exception may cross the core.</summary>
    internal static WasmError Answer(void* context, ImportRequest* request, Extern* answer)
    {
        ImportResolver resolver = (ImportResolver)GCHandle.FromIntPtr((nint)context).Target!;
        try
        {
            return resolver.Answer(request, answer);
        }
        catch (Exception e)
        {
            resolver._runtime.Host.Pending = e;
            return WasmError.HostException;
        }
    }

    private WasmError Answer(ImportRequest* request, Extern* answer)
    {
        string module = Text(request->ModuleName, request->ModuleLength);
        ReadOnlySpan<byte> name = new(request->Name, (int)request->NameLength);
        Latest = $"{request->Kind} '{module}.{Text(request->Name, request->NameLength)}'";
        if (!_instances.TryGetValue(module, out NanoInstance? instance)) return WasmError.UnknownImport;
        Check(instance);
        if (!instance.TryFind(name, out ExternKind kind, out uint index)) return WasmError.UnknownImport;
        answer->Instance = instance.Pointer;
        answer->Index = index;
        answer->Kind = kind;
        return WasmError.None;
    }

    private void Check(NanoInstance? instance)
    {
        if (instance?.Module.Runtime != _runtime) throw new ArgumentException("an instance to import from is null or of another runtime");
        _ = instance.Pointer;
    }

    private static string Text(byte* utf8, uint length) => Encoding.UTF8.GetString(utf8, (int)length);
}
