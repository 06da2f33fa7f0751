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
    /// Size of the pool in bytes, below 1 GB. All memory comes from the pool, including linear memories, but not those of images with guard
    /// pages. 0 means no pool: memory comes from the system, block by block. Ignored if the caller provides the pool or an
    /// <see cref="Allocator"/>. <see cref="NanoRuntime.AddRegion(uint)"/> makes the pool larger.
    /// </summary>
    public uint PoolBytes { get; init; } = 4 << 20;

    /// <summary>
    /// Provides memory block by block, instead of a pool. If null, memory comes from the pool, or from the system if
    /// <see cref="PoolBytes"/> is 0. Must be null if the caller provides the pool.
    /// </summary>
    public INanoAllocator? Allocator { get; init; }

    /// <summary>
    /// Puts guard bytes around each block, and checks them when the block is freed. This costs 12 bytes or more per block.
    /// </summary>
    public bool RedZones { get; init; }

    /// <summary>
    /// Makes modules count calls and instructions, and measure time: see <see cref="NanoExecEnv.Profile"/>. This costs memory and time.
    /// Images must have been compiled with <c>--profile</c>.
    /// </summary>
    public bool Profiled { get; init; }

    /// <summary>
    /// Fills the C stack of each new instance with a pattern, so that <see cref="NanoRuntime.GetMemoryReport"/> can report how much of it
    /// was used. Use it only for measurements: if an app reads stack memory before it writes it, it reads the pattern.
    /// </summary>
    public bool PaintCStack { get; init; }

    /// <summary>
    /// Gives linear memories all the pages they declare. Otherwise, the runtime cuts a memory at <c>__heap_base</c> if the module exports
    /// <c>__heap_base</c> and <c>__data_end</c>, and never grows or measures its memory. This saves up to 64 KB; an access beyond the cut
    /// traps, and no other module can import such a memory (WN4008).
    /// </summary>
    public bool WholePages { get; init; }

    /// <summary>
    /// Makes an app trap if its C stack pointer leaves the C stack, if the module shows where that stack is. This finds C programs that
    /// overwrite their own data; the sandbox does not need it. Turn it off for programs that switch stacks themselves, such as coroutines.
    /// It has no effect on images: for them, <c>wnano compile</c> decides.
    /// </summary>
    public bool CStackChecks { get; init; } = true;

    /// <summary>The features beyond WebAssembly 1.0 that modules may use.</summary>
    public Features Features { get; init; } = Features.All;

    /// <summary>The standard output of apps; null for that of the console. The runtime does not close it.</summary>
    public Stream? Output { get; init; }

    /// <summary>The standard error stream of apps; null for that of the console. The runtime does not close it.</summary>
    public Stream? Error { get; init; }

    /// <summary>The standard input of apps; null for that of the console. The runtime does not close it.</summary>
    public Stream? Input { get; init; }

    /// <summary>
    /// Reads a sensor channel, and returns its value in thousandths of a unit. Apps call it through
    /// <see cref="NanoRuntime.AddSensorModule"/>. If null, all channels read 0.
    /// </summary>
    public Func<uint, int>? ReadSensor { get; init; }
}
