// SPDX-License-Identifier: MIT
// What a board cannot do itself: turning the arguments of a function into slots, and naming the functions in a call stack.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Wamr.Nano.Tool.Apps;
using Wamr.Nano.Tool.Usage;
using Wamr.Nano.Xip;
using Wamr.Nano.Xip.Image;

namespace Wamr.Nano.Tool.Emulate;

/// <summary>The module, also loaded on this machine. If it is refused, the board will report that.</summary>
internal sealed unsafe class ModuleTypes : IDisposable
{
    private const uint PoolBytes = 256 << 20;

    private readonly NanoRuntime _runtime = new(PoolBytes);
    private readonly NanoModule? _module;
    private readonly MemoryType _memory;
    private readonly bool _isImage;

    internal ModuleTypes(byte[] binary)
    {
        Binary = binary;
        _isImage = NanoRuntime.IsImage(binary);
        try
        {
            _module = _runtime.LoadModule(_isImage ? ImageSkeleton.Of(binary) : binary);
            _memory = _isImage ? ImageMemory(binary) : _module.Pointer->Info->Memory;
        }
        catch (Exception e) when (e is WasmException or CompileException)
        {
            _module = null;
        }
    }

    /// <summary>The module, or the image.</summary>
    internal byte[] Binary { get; }

    /// <summary>
    /// Arguments as text to 32-bit slots, an i64 or f64 low word first. None where the module or the function is not sound.
    /// </summary>
    /// <exception cref="UsageException">There are too many or too few, or one is no number of its type.</exception>
    internal IReadOnlyList<uint> Slots(string export, string[] arguments)
    {
        WasmType[]? types = Parameters(export);
        if (types == null) return [];
        List<uint> slots = [];
        foreach (WasmValue value in ValueText.Arguments(export, types, arguments))
        {
            slots.Add((uint)value.Bits);
            if (value.Type is WasmType.I64 or WasmType.F64) slots.Add((uint)(value.Bits >> 32));
        }
        return slots;
    }

    internal string? FunctionName(uint index) =>
        _module != null && index < _module.Pointer->FunctionCount ? _module.FunctionName(index) : null;

    /// <summary>The message about a function that the module does not export.</summary>
    internal string Unknown(string export) => Host.UnknownFunction(export, _module);

    /// <summary>The import whose names are at an offset of the module; null if there is none.</summary>
    internal NanoImport? ImportAt(uint offset)
    {
        if (_module == null) return null;
        Module* m = _module.Pointer;
        Import import;
        for (bool more = Imports.First(m, &import); more; more = Imports.Next(m, &import))
            if ((uint)(import.Entry - m->Bytes) == offset) return NanoModule.Of(m, &import);
        return null;
    }

    /// <summary>An imported function, as messages name it; null if there is none.</summary>
    internal string? ImportedFunction(uint index) =>
        _module != null && index < _module.Pointer->ImportedFunctions ? MissingImports.Text(NanoModule.ImportOf(_module.Pointer, index))
        : null;

    /// <summary>What to add to the message that an import is not provided by a board.</summary>
    internal string? MissingNote(NanoImport named)
    {
        if (_module == null) return null;
        _runtime.AddWasiOfBoards();
        _ = HostModules.Register(_runtime.Pointer);
        InstantiateArgs args = default;
        return MissingImports.Note(MissingImports.Of(_module, &args), named);
    }

    /// <summary>What to add to a trap of an access; null if the memory is as large as it declares.</summary>
    /// <param name="wholePages">Whether a binary was loaded with whole pages.</param>
    internal string? CutNote(bool wholePages) => _memory.TruncatedBytes == 0 || (wholePages && !_isImage) ? null
        : Nano.CutNote.Text(_memory.TruncatedBytes, (ulong)_memory.Min << _memory.PageShift, _isImage);

    /// <summary>What the image says, which may have whole pages by choice.</summary>
    private static MemoryType ImageMemory(byte[] image)
    {
        fixed (byte* bytes = image) return ((ModuleInfo*)(bytes + ((ImageHeader*)bytes)->InfoAt))->Memory;
    }

    public void Dispose() => _runtime.Dispose();

    private WasmType[]? Parameters(string export)
    {
        if (_module == null) return null;
        byte[] utf8 = Encoding.UTF8.GetBytes(export);
        Module* module = _module.Pointer;
        ExternKind kind;
        uint index;
        fixed (byte* name = utf8)
            if (!Exports.Find(module, name, (uint)utf8.Length, &kind, &index) || kind != ExternKind.Func) return null;
        FuncType* type = &module->Types[module->Functions[index].TypeIndex];
        return [.. new ReadOnlySpan<byte>(FuncTypes.Params(type), type->ParamCount).ToArray().Select(t => (WasmType)t)];
    }
}
