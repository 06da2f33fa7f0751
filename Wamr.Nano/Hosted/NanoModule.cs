// SPDX-License-Identifier: MIT
// A loaded module: what can be asked of it, and instantiating it.
using System;
using System.Collections.Generic;
using System.Text;
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>A loaded and validated module. Valid until it or its runtime is disposed. Disposing it also disposes its instances.</summary>
public sealed unsafe partial class NanoModule : IDisposable
{
    private readonly HashSet<NanoInstance> _instances = [];
    private readonly byte* _copy;
    private Module* _module;
    private readonly MappedImage? _image;

    /// <param name="runtime">The runtime that loaded the module.</param>
    /// <param name="module">The core's module.</param>
    /// <param name="copy">The copy of its bytes, which is freed with the module; null if the bytes belong to the caller.</param>
    /// <param name="image">The image it was loaded from, which is freed with the module; null for a binary.</param>
    internal NanoModule(NanoRuntime runtime, Module* module, byte* copy, MappedImage? image = null)
    {
        _image = image;
        Runtime = runtime;
        _module = module;
        _copy = copy;
    }

    /// <summary>The runtime that loaded the module.</summary>
    public NanoRuntime Runtime { get; }

    /// <summary>Size of the code in bytes: of register code in the pool, or of the code in an image.</summary>
    public uint CodeSize => Pointer->CodeSize;

    /// <exception cref="ObjectDisposedException">The module or its runtime was disposed.</exception>
    internal Module* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_module == null, this);
            return _module;
        }
    }

    /// <summary>Creates an instance, and runs the module's start function if there is one.</summary>
    /// <param name="options">Settings of the instance; null for the defaults.</param>
    /// <exception cref="WasmException">
    /// An import is missing (WN4001) or has another type (WN4002), the pool is full (WN2001), or the start function trapped (WN5001 and
    /// up). No instance remains.
    /// </exception>
    /// <exception cref="ArgumentException">An instance to import from is null, or belongs to another runtime.</exception>
    /// <exception cref="ObjectDisposedException">The module, or an instance to import from, was disposed.</exception>
    /// <example>
    /// <code>
    /// using NanoInstance instance = module.Instantiate(new()
    /// {
    ///     StackBytes = 2048,                 // operand stack
    ///     HeapBytes = 4096,                  // app heap, for AppAlloc
    ///     StartFuel = 1_000_000,             // loop iterations and calls of the start function
    /// });
    /// </code>
    /// </example>
    public NanoInstance Instantiate(NanoInstanceOptions? options = null)
    {
        NanoInstance instance = new(this, options ?? new());
        if (_module == null)
        {
            // A host function that the start function called has disposed the module.
            instance.Dispose();
            throw new ObjectDisposedException(nameof(NanoModule));
        }
        _instances.Add(instance);
        return instance;
    }

    /// <summary>Gets the contents of a custom section.</summary>
    /// <param name="name">The name of the section.</param>
    /// <param name="contents">
    /// The bytes after the name; empty if there is no such section. Valid until the module is disposed. Keep a reference to the module as
    /// long as you use them.
    /// </param>
    /// <example>
    /// <code>
    /// if (module.TryGetCustomSection("producers", out ReadOnlySpan&lt;byte&gt; producers)) Console.WriteLine($"{producers.Length} B");
    /// </code>
    /// </example>
    public bool TryGetCustomSection(string name, out ReadOnlySpan<byte> contents)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        byte* data;
        uint size;
        bool found;
        fixed (byte* p = utf8) found = CustomSections.Find(Pointer, p, (uint)utf8.Length, &data, &size);
        contents = found ? NativeBytes.Span(data, size) : default;
        GC.KeepAlive(this);
        return found;
    }

    /// <summary>
    /// The name of a function: from the name section, or otherwise the first name under which it is exported; null if it has neither.
    /// </summary>
    /// <param name="index">Index of the function; imported functions come first.</param>
    public string? FunctionName(uint index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Pointer->FunctionCount);
        string? name = NameOf(Pointer, index);
        GC.KeepAlive(this);
        return name;
    }

    /// <summary>
    /// Disposes the module and its instances. If other instances import from these, the memory is freed when those instances are disposed.
    /// If a run in this runtime waits for fuel, the memory is freed when that run has ended (see <see cref="NanoExecEnv.Abandon"/>).
    /// </summary>
    /// <exception cref="WasmException">A function of an instance is running (WN4005).</exception>
    public void Dispose()
    {
        if (_module == null) return;
        foreach (NanoInstance instance in new List<NanoInstance>(_instances)) instance.Dispose();
        Module* module = _module;
        _module = null;
        Runtime.Retire(this, module, _copy, _image);
    }

    internal static string? NameOf(Module* module, uint function)
    {
        byte* name;
        uint length;
        return Names.Function(module, function, &name, &length) ? NativeBytes.Text(name, length) : null;
    }

    internal void Forget(NanoInstance instance) => _instances.Remove(instance);
}
