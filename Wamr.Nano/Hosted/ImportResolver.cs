// SPDX-License-Identifier: MIT
// Provides a module's imports from the exports of other instances, and from the host's definitions.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Wamr.Nano.Core;
using Wamr.Nano.Core.Run;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>Provides imports while one module is instantiated.</summary>
internal sealed unsafe class ImportResolver
{
    private readonly IReadOnlyDictionary<string, NanoInstance> _instances;
    private readonly NanoRuntime _runtime;
    private NanoImport? _latest;
    private WasmExternType? _given;

    /// <exception cref="ArgumentException">An instance is null, or belongs to another runtime.</exception>
    /// <exception cref="ObjectDisposedException">An instance was disposed.</exception>
    internal ImportResolver(IReadOnlyDictionary<string, NanoInstance> instances, NanoRuntime runtime)
    {
        _instances = instances;
        _runtime = runtime;
        foreach (NanoInstance instance in instances.Values) Check(instance);
    }

    /// <summary>The core's hook. Any result but <see cref="WasmError.UnknownImport"/> is final. No exception may cross the core.</summary>
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

    /// <summary>Whether an error is about one import.</summary>
    internal static bool IsOfLinking(WasmError error) =>
        error is WasmError.UnknownImport or WasmError.IncompatibleImportType or WasmError.BadSignature or WasmError.CutMemoryImported;

    /// <summary>The import that caused <paramref name="error"/>; null if the error is not about an import.</summary>
    internal string? Detail(WasmError error)
    {
        if (_latest == null || !IsOfLinking(error)) return null;
        if (error == WasmError.UnknownImport) return MissingImports.Text(_latest);
        string import = $"{KindOf(_latest.Type)} '{_latest.Module}.{_latest.Name}'";
        string? given = _given == null ? HostSignature.Find(_runtime.Pointer, _latest) : Text(_given);
        return $"{import} is imported as {Text(_latest.Type)}" + (given == null ? "" : $", and defined as {given}");
    }

    /// <summary>A note about missing imports; null for other errors.</summary>
    /// <param name="error">The error of the instantiation.</param>
    /// <param name="module">The module that was instantiated.</param>
    /// <param name="args">The arguments of the instantiation.</param>
    internal string? Note(WasmError error, NanoModule module, InstantiateArgs* args)
    {
        // Requesting all of them changes which one was requested last.
        if (error != WasmError.UnknownImport || _latest is not NanoImport named) return null;
        return MissingImports.Note(MissingImports.Of(module, args), named);
    }

    private WasmError Answer(ImportRequest* request, Extern* answer)
    {
        string module = NativeBytes.Text(request->ModuleName, request->ModuleLength);
        string name = NativeBytes.Text(request->Name, request->NameLength);
        _latest = new(module, name, NanoModule.TypeOf(request->Module, request->Kind, request->Index));
        _given = null;
        ExternKind kind = default;
        uint index = 0;
        ReadOnlySpan<byte> utf8 = NativeBytes.Span(request->Name, request->NameLength);
        if (_instances.TryGetValue(module, out NanoInstance? instance))
        {
            Check(instance);
            if (!instance.TryFind(utf8, out kind, out index)) instance = null;
        }
        // A function is not a definition. The core finds it among the host functions.
        if (instance == null && request->Kind != ExternKind.Func && _runtime.Definition(module, name) is NanoInstance defined
            && defined.TryFind(utf8, out kind, out index))
            instance = defined;
        if (instance == null) return WasmError.UnknownImport;
        _given = instance.TypeOf(kind, index);
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

    private static string KindOf(WasmExternType type) => type switch
    {
        WasmFunctionType => "function",
        WasmMemoryType => "memory",
        WasmTableType => "table",
        _ => "global",
    };

    /// <summary>A type in the words of definitions.</summary>
    private static string Text(WasmExternType type) => type is WasmFunctionType function ? HostSignature.Of(function) : type.ToString();
}
