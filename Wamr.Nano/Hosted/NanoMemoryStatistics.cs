// SPDX-License-Identifier: MIT
// What a runtime's memory is used for.
using Wamr.Nano.Core.Memory;

namespace Wamr.Nano;

/// <summary>Bytes in use now, and the most there ever were.</summary>
/// <param name="Used">Bytes in use.</param>
/// <param name="HighWater">The most bytes that were in use at once.</param>
public readonly record struct NanoMemoryUse(uint Used, uint HighWater);

/// <summary>State of a runtime's memory, bytes. Blocks count with their headers; the four categories add up to <see cref="All"/>.</summary>
/// <param name="Total">The whole pool; 0 where memory comes from the system.</param>
/// <param name="LargestFree">Largest block that can be had now; 0 where memory comes from the system.</param>
/// <param name="All">Everything in use.</param>
/// <param name="Runtime">What lives as long as the runtime.</param>
/// <param name="Modules">What loading takes: tables over the module's bytes, and register code.</param>
/// <param name="Instances">Linear memories, globals, tables.</param>
/// <param name="ExecEnvs">Execution environments with their operand stacks.</param>
public readonly record struct NanoMemoryStatistics(
    uint Total, uint LargestFree, NanoMemoryUse All, NanoMemoryUse Runtime, NanoMemoryUse Modules, NanoMemoryUse Instances,
    NanoMemoryUse ExecEnvs)
{
    /// <param name="s">As the allocator counts.</param>
    /// <param name="fixedBytes">Bytes of the pool before the allocator's first.</param>
    internal NanoMemoryStatistics(in MemoryStatistics s, uint fixedBytes) : this(
        s.Total == 0 ? 0 : s.Total + fixedBytes,
        s.LargestFree,
        new(s.Used + fixedBytes, s.HighWater + fixedBytes),
        new(s.Runtime.Used + fixedBytes, s.Runtime.HighWater + fixedBytes),
        Of(s.Module),
        Of(s.Instance),
        Of(s.ExecEnv))
    {
    }

    private static NanoMemoryUse Of(in MemoryUse use) => new(use.Used, use.HighWater);
}
