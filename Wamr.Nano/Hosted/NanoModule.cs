// SPDX-License-Identifier: MIT
// A loaded module: what can be asked of it, and instantiating it.
using System;
using System.Collections.Generic;
using System.Text;
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano;

/// <summary>A loaded, validated module. Disposing it disposes its instances.</summary>
public sealed unsafe partial class NanoModule : IDisposable
{
    private readonly HashSet<NanoInstance> _instances = [];
    private readonly byte* _copy;
    private Module* _module;
    private readonly MappedImage? _image;

    /// <param name="runtime">The runtime it was loaded into.</param>
    /// <param name="module">The core's module.</param>
    /// <param name="copy">The copy of its bytes that goes with it; null where they are the caller's.</param>
    /// <param name="image">The image it was loaded from, which goes with it; null where that was a binary.</param>
    internal NanoModule(NanoRuntime runtime, Module* module, byte* copy, MappedImage? image = null)
    {
        _image = image;
        Runtime = runtime;
        _module = module;
        _copy = copy;
    }

    /// <summary>The runtime it was loaded into.</summary>
    public NanoRuntime Runtime { get; }

    /// <summary>Bytes of its code: register code in the pool, or what an image holds.</summary>
    public uint CodeSize => Pointer->CodeSize;

    /// <exception cref="ObjectDisposedException">It, or its runtime, was disposed.</exception>
    internal Module* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_module == null, this);
            return _module;
        }
    }

    /// <summary>Makes an instance; runs the module's start function, if it has one.</summary>
    /// <param name="options">Settings; null: the defaults.</param>
    /// <exception cref="WasmException">
    /// An import is missing or of another type, the pool is full, or the start function trapped.
    /// </exception>
    /// <exception cref="ArgumentException">An instance to import from is null or of another runtime.</exception>
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

    /// <summary>
    /// Contents of a custom section; null where there is none of that name. Valid until the module is disposed or nothing refers to it.
    /// </summary>
    /// <param name="name">Name of the section.</param>
    /// <param name="contents">Its bytes behind the name.</param>
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

    /// <summary>Name of a function from the name section, else the first name it is exported by; null without either.</summary>
    /// <param name="index">Index of the function, imports counted.</param>
    public string? FunctionName(uint index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Pointer->FunctionCount);
        string? name = NameOf(Pointer, index);
        GC.KeepAlive(this);
        return name;
    }

    /// <summary>Disposes its instances and unloads it; where others import from those, when these are disposed;
    /// where a run waits for fuel in some environment of the runtime, after that (see <see cref="NanoExecEnv.Abandon"/>).</summary>
    /// <exception cref="WasmException">A function of an instance is running.</exception>
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
