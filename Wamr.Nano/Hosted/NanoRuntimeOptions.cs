// SPDX-License-Identifier: MIT
// What a runtime is made with.
using System;
using System.IO;
using Wamr.Nano.Core;

namespace Wamr.Nano;

/// <summary>Settings of a <see cref="NanoRuntime"/>. The defaults suit tests and tools on a PC.</summary>
/// <example>
/// <code>
/// MemoryStream output = new();
/// using NanoRuntime quiet = new(new NanoRuntimeOptions
/// {
///     PoolBytes = 1 &lt;&lt; 20,
///     Output = output,                   // what apps print
///     RedZones = true,                   // find host functions that write too far
/// });
/// </code>
/// </example>
public sealed class NanoRuntimeOptions
{
    /// <summary>
    /// Bytes of the pool that everything is taken from, linear memories too, save those of images with guard pages; below 1 GB. 0: no pool,
    /// memory comes from the system as it is needed. Ignored where the caller brings the buffer, or an <c>Allocator</c>.
    /// <see cref="NanoRuntime.AddRegion(uint)"/> adds more.
    /// </summary>
    public uint PoolBytes { get; init; } = 4 << 20;

    /// <summary>
    /// Where memory comes from in place of a pool, block by block; null: the pool, or the system where <see cref="PoolBytes"/> is 0. Must
    /// not be set where the caller brings the buffer.
    /// </summary>
    public INanoAllocator? Allocator { get; init; }

    /// <summary>Puts guard bytes around each block, checked when it is freed: 12 bytes a block and more.</summary>
    public bool RedZones { get; init; }

    /// <summary>
    /// Modules count their calls and instructions and measure their time (<see cref="NanoExecEnv.Profile"/>), which costs memory and time.
    /// Images do so where they were compiled for it.
    /// </summary>
    public bool Profiled { get; init; }

    /// <summary>
    /// Fills the C stack of each new instance with a pattern, so that <see cref="NanoRuntime.GetMemoryReport"/> can tell how much of it was
    /// used. For measurements: an app that reads what it has not written finds the pattern there.
    /// </summary>
    public bool PaintCStack { get; init; }

    /// <summary>
    /// Linear memories keep the whole pages they declare. Otherwise those of modules that export where their heap begins, and never ask for
    /// the size of their memory, end there: for what lies beyond, a trap in place of 64 KB of RAM. No other module may import such a
    /// memory.
    /// </summary>
    public bool WholePages { get; init; }

    /// <summary>
    /// Where a module shows where its C stack lies, a stack pointer that leaves it traps. It finds C programs that overwrite their own
    /// data; the sandbox does without. Turn it off for programs that change their stacks themselves, such as coroutines. Images have it or
    /// not since they were compiled.
    /// </summary>
    public bool CStackChecks { get; init; } = true;

    /// <summary>What modules may use beyond WebAssembly 1.0.</summary>
    public Features Features { get; init; } = Features.All;

    /// <summary>Where an app's standard output goes; null: the console's. Not closed by the runtime.</summary>
    public Stream? Output { get; init; }

    /// <summary>Where an app's standard error goes; null: the console's. Not closed by the runtime.</summary>
    public Stream? Error { get; init; }

    /// <summary>Where an app's standard input comes from; null: the console's. Not closed by the runtime.</summary>
    public Stream? Input { get; init; }

    /// <summary>
    /// Reads a sensor channel in milli-units, for the modules of <see cref="NanoRuntime.AddSensorModule"/>; null: always 0.
    /// </summary>
    public Func<uint, int>? ReadSensor { get; init; }
}
