// SPDX-License-Identifier: MIT
// A module instance (spec chapter 4.2.5): pointers into one block that also holds its bindings, table headers and globals.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>
/// An instance. What it imports from other instances (memory, tables, globals, functions) it uses where it is; those instances stay
/// alive as long as it does (see <see cref="Collector"/>). A part a module lacks takes no space: its pointer is null.
/// </summary>
internal unsafe struct Instance
{
    internal LoadedModule* Loaded;

    /// <summary>Its memory, an imported one, or null.</summary>
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

    /// <summary>Its execution environments, linked through <see cref="ExecEnv.Next"/>.</summary>
    internal ExecEnv* Envs;

    /// <summary>The embedder's own; the core never looks at it.</summary>
    internal void* UserData;

    /// <summary>Arguments and environment of a WASI program, or null.</summary>
    internal ProgramArguments* Wasi;

    /// <summary>The operand stack an execution environment gets where nothing else is said, bytes.</summary>
    internal uint DefaultStackBytes;

    /// <summary>Its number in the runtime: the upper bits of every reference to one of its functions. Never 0.</summary>
    internal ushort Id;
    internal InstanceState State;

    /// <summary>The standard stream each descriptor 0 to 2 of a program leads to, two bits each; 3 where it is closed.</summary>
    internal byte Streams;

    /// <summary>Descriptors as a program begins with them: each leads to the stream of its number.</summary>
    internal const byte StandardStreams = 0 | 1 << 2 | 2 << 4;

    internal readonly Module* Module => &Loaded->Module;

    internal readonly Runtime* Runtime => Loaded->Runtime;
}

/// <summary>What keeps an instance alive: bits of <see cref="Instance.State"/>.</summary>
[System.Flags]
internal enum InstanceState : byte
{
    None = 0,

    /// <summary>The embedder has not freed it.</summary>
    Held = 1,

    /// <summary>Marks of <see cref="Collector"/>: is reached from a held one; and what it reaches has been marked too.</summary>
    Reached = 2,
    Followed = 4,
}

/// <summary>What an imported function is bound to. Without instance and host function, calling it traps.</summary>
internal unsafe struct FuncBinding
{
    /// <summary>Function of another instance, or null for a host function.</summary>
    internal Instance* Instance;

    /// <summary>Host function, or null.</summary>
    internal HostFunc* Host;

    /// <summary>
    /// Function index in <see cref="Instance"/>; imports of imports are followed when binding: this is never itself an import.
    /// For a host function of form <see cref="HostForm.Family"/> its number.
    /// </summary>
    internal uint FunctionIndex;
}
