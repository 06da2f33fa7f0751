// SPDX-License-Identifier: MIT
// A module instance (spec chapter 4.2.5): pointers into one block that also holds its bindings, table headers and globals.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>
/// An instance. It uses imported memories, tables, globals and functions where they are, and keeps the instances that own them alive (see
/// <see cref="Collector"/>). If a module lacks a part, the part takes no space, and its pointer is null.
/// </summary>
internal unsafe struct Instance
{
    internal LoadedModule* Loaded;

    /// <summary>Its own memory, an imported one, or null.</summary>
    internal MemoryInst* Memory;

    /// <summary>Cells of its own globals: 32-bit slots, an i64 or f64 takes two.</summary>
    internal uint* Globals;

    /// <summary>Cells of the imported globals, by number.</summary>
    internal uint** ImportedGlobals;

    /// <summary>Tables by index; the imported ones point into other instances.</summary>
    internal TableInst** Tables;

    /// <summary>The bindings of imported functions, by function index.</summary>
    internal FuncBinding* Imports;

    /// <summary>
    /// One bit for each data segment, then one for each element segment: set if the segment was dropped. Null without segments.
    /// </summary>
    internal uint* Dropped;

    /// <summary>Its execution environments, linked through <see cref="ExecEnv.Next"/>.</summary>
    internal ExecEnv* Envs;

    /// <summary>For the embedder's own use; the core never reads it.</summary>
    internal void* UserData;

    /// <summary>Arguments and environment of a WASI program, or null.</summary>
    internal ProgramArguments* Wasi;

    /// <summary>The default size of an execution environment's operand stack, in bytes.</summary>
    internal uint DefaultStackBytes;

    /// <summary>Its number in the runtime, which is in the upper bits of every reference to its functions. Never 0.</summary>
    internal ushort Id;
    internal InstanceState State;

    /// <summary>The standard stream of each descriptor from 0 to 2, two bits each; 3 if the descriptor is closed.</summary>
    internal byte Streams;

    /// <summary>The descriptors of a program at its start: each leads to the stream with its own number.</summary>
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

    /// <summary>Marks of <see cref="Collector"/>: the instance is reached from a held one; everything it reaches is also marked.</summary>
    Reached = 2,
    Followed = 4,
}

/// <summary>The binding of an imported function. If it has neither instance nor host function, calling it traps.</summary>
internal unsafe struct FuncBinding
{
    /// <summary>The instance that has the function, or null for a host function.</summary>
    internal Instance* Instance;

    /// <summary>The host function, or null.</summary>
    internal HostFunc* Host;

    /// <summary>
    /// The function index in <see cref="Instance"/>. It is never an import itself, because binding follows imports of imports. For a host
    /// function of form <see cref="HostForm.Family"/>, its number.
    /// </summary>
    internal uint FunctionIndex;
}
