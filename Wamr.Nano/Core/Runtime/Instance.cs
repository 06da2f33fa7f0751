// SPDX-License-Identifier: MIT
// A module instance (spec chapter 4.2.5) and its memory, tables and bound imports.
namespace Wamr.Nano.Core;

/// <summary>
/// An instance. What it imports from other instances (memory, tables, globals, functions) it uses where it is, and keeps those
/// instances alive: each counts its importers in <see cref="References"/>.
/// </summary>
internal unsafe struct Instance
{
    internal Module* Module;
    internal Runtime* Runtime;

    /// <summary>Its memory: <see cref="OwnMemory"/>, an imported one, or null.</summary>
    internal MemoryInst* Memory;

    /// <summary>Cells of its own globals: 32-bit slots, an i64 or f64 takes two.</summary>
    internal uint* Globals;

    /// <summary>Cells of the imported globals, by number.</summary>
    internal uint** ImportedGlobals;

    /// <summary>Tables by index; the imported ones point into other instances.</summary>
    internal TableInst** Tables;

    /// <summary>Bound imported functions by function index.</summary>
    internal FuncBinding* Imports;

    /// <summary>One bit a data segment, then one bit an element segment: set when it was dropped. Null without segments.</summary>
    internal uint* Dropped;

    /// <summary>App heap inside the linear memory, or null; see <see cref="AppHeap"/>.</summary>
    internal AppHeap* AppHeap;

    /// <summary>The embedder's own; the core never looks at it.</summary>
    internal void* UserData;

    /// <summary>WASI state, or null.</summary>
    internal void* Wasi;

    internal MemoryInst OwnMemory;

    /// <summary>Its number in the runtime: the upper bits of every reference to one of its functions. Never 0.</summary>
    internal ushort Id;

    /// <summary>One for the embedder, one for each instance that imports something from it. Freed when none is left.</summary>
    internal ushort References;

    /// <summary>The operand stack an execution environment gets where nothing else is said, bytes.</summary>
    internal uint DefaultStackBytes;
}

/// <summary>A linear memory (spec chapter 4.2.8).</summary>
internal unsafe struct MemoryInst
{
    /// <summary>First byte; null while the size is 0. Moves when the memory grows.</summary>
    internal byte* Data;

    /// <summary>Bytes that may be accessed: exact, whatever the page size.</summary>
    internal uint Size;

    /// <summary>Pages, and pages at most. A truncated memory has as many as it would have had.</summary>
    internal uint Pages;
    internal uint MaxPages;
    internal byte PageShift;

    /// <summary>Instance that owns it.</summary>
    internal Instance* Owner;
}

/// <summary>A table (spec chapter 4.2.7). An element is a 32-bit reference: 0 is null.</summary>
internal unsafe struct TableInst
{
    internal uint* Elements;
    internal uint Size;
    internal uint Max;
    internal ValType ElemType;
    internal Instance* Owner;
}

/// <summary>What an imported function is bound to.</summary>
internal unsafe struct FuncBinding
{
    /// <summary>Function of another instance, or null for a host function.</summary>
    internal Instance* Instance;

    /// <summary>Function index in <see cref="Instance"/>. Imports of imports are followed when binding: this is never itself an import bound to wasm.</summary>
    internal uint FunctionIndex;

    /// <summary>Host function, or null: calling an unbound import traps.</summary>
    internal NativeFunction* Native;
}

/// <summary>References to functions: 12 bits of instance number above 20 bits of function index; 0 is null.</summary>
internal static unsafe class FuncRef
{
    internal const uint Null = 0;

    internal static uint Of(Instance* instance, uint function) => (uint)instance->Id << Config.FuncRefBits | function;

    /// <summary>Instance a reference points into; null for the null reference and for an instance that is gone.</summary>
    internal static Instance* InstanceOf(Runtime* runtime, uint reference)
    {
        uint id = reference >> Config.FuncRefBits;
        return id < runtime->InstanceCapacity ? runtime->Instances[id] : null;
    }

    internal static uint FunctionOf(uint reference) => reference & ((1u << Config.FuncRefBits) - 1);
}
