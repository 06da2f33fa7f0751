// SPDX-License-Identifier: MIT
// What a runtime's memory is used for.
using Wamr.Nano.Core.Memory;

namespace Wamr.Nano;

/// <summary>The bytes that are in use, and the most that ever were.</summary>
/// <param name="Used">Bytes in use now.</param>
/// <param name="HighWater">The most bytes that were in use at once.</param>
public readonly record struct NanoMemoryUse(uint Used, uint HighWater);

/// <summary>
/// The state of a runtime's memory, in bytes. Sizes of blocks include their headers. The four categories add up to <see cref="All"/>.
/// </summary>
/// <param name="Total">The size of the pool; 0 if memory comes from the system.</param>
/// <param name="LargestFree">The largest block that can be allocated now; 0 if memory comes from the system.</param>
/// <param name="All">All bytes in use.</param>
/// <param name="Runtime">Blocks that live as long as the runtime, and the host's own blocks.</param>
/// <param name="Modules">Loaded modules: tables over the module's bytes, and register code.</param>
/// <param name="Instances">Instances: linear memories, globals, tables.</param>
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
