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
    /// Defines a linear memory that apps import. It lies in the pool from now on, and all modules that import it share it. It holds for
    /// modules instantiated afterwards, until <see cref="Undefine"/>, a newer definition of the name, or the end of the runtime; instances
    /// that import it keep it as long as they live.
    /// </summary>
    /// <param name="module">Module name that apps import from.</param>
    /// <param name="name">Name of the memory.</param>
    /// <param name="minPages">Pages at the start.</param>
    /// <param name="maxPages">Pages at most; null: no limit. A module that declares a limit takes no memory without one.</param>
    /// <param name="pageBytes">Bytes of a page: 65,536, or 1 for modules with custom page sizes.</param>
    /// <returns>The memory.</returns>
    /// <exception cref="WasmException">The pool is full, or the sizes are beyond what a memory can have.</exception>
    /// <exception cref="ArgumentException">A page has another size.</exception>
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

    /// <summary>Defines a global that apps import. How long it holds: see <see cref="DefineMemory"/>.</summary>
    /// <param name="module">Module name that apps import from.</param>
    /// <param name="name">Name of the global.</param>
    /// <param name="value">Its value at first, which also gives its type.</param>
    /// <param name="isMutable">Whether apps and the host may set it.</param>
    /// <returns>The global.</returns>
    /// <exception cref="WasmException">The pool is full.</exception>
    /// <exception cref="ArgumentException">The value is a reference to a function of another runtime, or one that is gone.</exception>
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

    /// <summary>Defines a table that apps import, all of its elements null. How long it holds: see <see cref="DefineMemory"/>.</summary>
    /// <param name="module">Module name that apps import from.</param>
    /// <param name="name">Name of the table.</param>
    /// <param name="elementType">FuncRef or ExternRef.</param>
    /// <param name="minSize">Elements at the start.</param>
    /// <param name="maxSize">Elements at most; null: no limit. A module that declares a limit takes no table without one.</param>
    /// <returns>The table.</returns>
    /// <exception cref="WasmException">The pool is full, or the sizes are beyond what a table can have.</exception>
    /// <exception cref="ArgumentException">A table holds no elements of that type.</exception>
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
    /// Ends a definition of a memory, global or table: modules instantiated afterwards do not find it. The host must not use it any more;
    /// its memory goes back to the pool when the last instance that imports it is disposed.
    /// </summary>
    /// <param name="module">Module name it was defined with.</param>
    /// <param name="name">Its name.</param>
    /// <returns>Whether there was one.</returns>
    public bool Undefine(string module, string name)
    {
        if (!_definitions.Remove((module, name), out NanoInstance? old)) return false;
        old.Module.Dispose();
        return true;
    }

    /// <summary>The instance that has a memory, global or table as its one export; null where there is no such definition.</summary>
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
