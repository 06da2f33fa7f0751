// SPDX-License-Identifier: MIT
// The four categories of blocks, by lifetime. Each block is counted in one of them.
namespace Wamr.Nano.Core.Memory;

/// <summary>The owner of a block. The order is that of the statistics.</summary>
internal enum MemoryCategory : byte
{
    /// <summary>Lives as long as the runtime: registrations, the runtime itself.</summary>
    Runtime = 0,

    /// <summary>Lives from load to unload.</summary>
    Module = 1,

    /// <summary>Lives from instantiate to deinstantiate: linear memory, globals, tables.</summary>
    Instance = 2,

    /// <summary>An execution environment and its operand stack.</summary>
    ExecEnv = 3,
}
