// SPDX-License-Identifier: MIT
// Memories, tables and globals of the host: what apps import from .NET besides functions.
using System;
using System.Collections.Generic;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

public sealed unsafe partial class NanoRuntime
{
    private readonly Dictionary<(string Module, string Name), NanoInstance> _definitions = [];

    /// <summary>
    /// Defines a linear memory that apps can import. The memory is allocated in the pool at once, and all instances that import it share
    /// it. The definition applies to modules that are instantiated afterwards. It ends with <see cref="Undefine"/>, with a newer definition
    /// of the same name, or when the runtime is disposed. Instances that already import the memory keep it until they are disposed.
    /// </summary>
    /// <param name="module">The module name from which apps import.</param>
    /// <param name="name">The name of the memory.</param>
    /// <param name="minPages">The initial number of pages.</param>
    /// <param name="maxPages">
    /// The largest number of pages; null for no limit. If a module declares a limit for its import, the memory must have one, too.
    /// </param>
    /// <param name="pageBytes">Size of a page in bytes: 65,536, or 1 for modules with custom page sizes.</param>
    /// <returns>The memory.</returns>
    /// <exception cref="WasmException">The pool is full (WN2001), or a size is larger than a memory can be (WN3017).</exception>
    /// <exception cref="ArgumentException"><paramref name="pageBytes"/> is neither 65,536 nor 1.</exception>
    /// <example>
    /// <code>
    /// NanoHostMemory shared = runtime.DefineMemory("env", "memory", minPages: 1);
    /// shared.Memory.Write(0, 42);
    /// using NanoInstance app = module.Instantiate();      // imports env.memory
    /// </code>
    /// </example>
    public NanoHostMemory DefineMemory(string module, string name, uint minPages, uint? maxPages = null, uint pageBytes = 65536)
    {
        if (pageBytes is not (1 or 65536)) throw new ArgumentException($"a page has 1 or 65,536 bytes, not {pageBytes}", nameof(pageBytes));
        return new(Define(module, name, HostModule.Memory(name, minPages, maxPages, pageBytes)));
    }

    /// <summary>Defines a global that apps can import. The definition lasts as long as one of <see cref="DefineMemory"/>.</summary>
    /// <param name="module">The module name from which apps import.</param>
    /// <param name="name">The name of the global.</param>
    /// <param name="value">The initial value, which also determines the type.</param>
    /// <param name="isMutable">Whether apps and the host may set the global.</param>
    /// <returns>The global.</returns>
    /// <exception cref="WasmException">The pool is full (WN2001).</exception>
    /// <exception cref="ArgumentException">
    /// The value is a reference to a function of another runtime, or to a function that no longer exists.
    /// </exception>
    /// <example>
    /// <code>
    /// NanoGlobal counter = runtime.DefineGlobal("env", "counter", 0, isMutable: true);
    /// app.GetAction("tick")();
    /// Console.WriteLine(counter.Value);
    /// </code>
    /// </example>
    public NanoGlobal DefineGlobal(string module, string name, WasmValue value, bool isMutable = false)
    {
        uint* slots = stackalloc uint[2];
        uint count = NanoInstance.Store(Pointer, value, slots);
        NanoInstance owner = Define(module, name, HostModule.Global(name, value.Type, isMutable));
        for (uint i = 0; i < count; i++) Globals.Cell(owner.Pointer, 0)[i] = slots[i];
        return owner.GetGlobal(name);
    }

    /// <summary>
    /// Defines a table that apps can import. All its elements are null. The definition lasts as long as one of <see cref="DefineMemory"/>.
    /// </summary>
    /// <param name="module">The module name from which apps import.</param>
    /// <param name="name">The name of the table.</param>
    /// <param name="elementType">FuncRef or ExternRef.</param>
    /// <param name="minSize">The initial number of elements.</param>
    /// <param name="maxSize">
    /// The largest number of elements; null for no limit. If a module declares a limit for its import, the table must have one, too.
    /// </param>
    /// <returns>The table.</returns>
    /// <exception cref="WasmException">The pool is full (WN2001), or a size is larger than a table can be (WN3022).</exception>
    /// <exception cref="ArgumentException"><paramref name="elementType"/> is not a reference type.</exception>
    /// <example>
    /// <code>
    /// NanoTable table = runtime.DefineTable("env", "table", WasmType.FuncRef, minSize: 8);
    /// table[0] = plugin.GetFunction("handle").Reference;
    /// </code>
    /// </example>
    public NanoTable DefineTable(string module, string name, WasmType elementType, uint minSize, uint? maxSize = null)
    {
        if (elementType is not (WasmType.FuncRef or WasmType.ExternRef))
            throw new ArgumentException($"a table holds references, not {elementType}", nameof(elementType));
        return Define(module, name, HostModule.Table(name, elementType, minSize, maxSize)).GetTable(name);
    }

    /// <summary>
    /// Ends the definition of a memory, global or table. Modules that are instantiated afterwards do not find it, and the host must not use
    /// it any more. Its memory is freed when the last instance that imports it is disposed.
    /// </summary>
    /// <param name="module">The module name of the definition.</param>
    /// <param name="name">The name of the memory, global or table.</param>
    /// <returns>Whether there was such a definition.</returns>
    public bool Undefine(string module, string name)
    {
        if (!_definitions.Remove((module, name), out NanoInstance? old)) return false;
        old.Module.Dispose();
        return true;
    }

    /// <summary>The instance whose only export is the memory, global or table; null if there is no such definition.</summary>
    internal NanoInstance? Definition(string module, string name) => _definitions.GetValueOrDefault((module, name));

    private NanoInstance Define(string module, string name, byte[] binary)
    {
        ArgumentNullException.ThrowIfNull(module);
        NanoModule owner = LoadModule(binary);
        try
        {
            NanoInstance instance = owner.Instantiate();
            Undefine(module, name);
            return _definitions[(module, name)] = instance;
        }
        catch
        {
            owner.Dispose();
            throw;
        }
    }
}
