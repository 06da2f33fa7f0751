// SPDX-License-Identifier: MIT
// The four categories every block of the pool is counted in, by the lifetime of what it holds.
namespace Wamr.Nano.Core.Memory;

/// <summary>Who a block belongs to. Order is the order of the statistics.</summary>
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
