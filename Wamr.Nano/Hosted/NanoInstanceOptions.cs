// SPDX-License-Identifier: MIT
// What a module is instantiated with.
using System;
using System.Collections.Generic;
using System.Threading;

namespace Wamr.Nano;

/// <summary>
/// Settings of a <see cref="NanoInstance"/>. By default, an instance has a small operand stack, no app heap, no limits of fuel and time,
/// and no arguments.
/// </summary>
public sealed class NanoInstanceOptions
{
    /// <summary>
    /// Size in bytes of the operand stack of each execution environment. 0 stands for 1,024. A native image whose tables cannot change
    /// needs no operand stack of its own; for it, 0 stands for the largest size among the instances whose functions it imports.
    /// </summary>
    public uint StackBytes { get; init; }

    /// <summary>
    /// Size in bytes of the app heap in the linear memory; 0 for none. Ignored if the module exports an allocator. If the memory ends at
    /// <c>__heap_base</c>, or has one page and cannot grow, it grows by exactly this size. Any other memory has whole pages, so even a heap
    /// of 1,024 bytes costs a page of 65,536.
    /// </summary>
    public uint HeapBytes { get; init; }

    /// <summary>The number of pages to which the memory may grow; 0 for the module's own limit.</summary>
    public uint MaxPages { get; init; }

    /// <summary>
    /// Fuel of the start function; null for unlimited. A loop iteration or a call costs one unit, or more if its code is long.
    /// </summary>
    public ulong? StartFuel { get; init; }

    /// <summary>
    /// The time that the start function may take, and the initial <see cref="NanoExecEnv.Timeout"/> of the instance's environments; null
    /// for no limit. The runtime checks the time every 1,024 units of fuel, and while WASI functions sleep or write.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// A token that ends the start function with WN5015. To end later calls, register <see cref="NanoExecEnv.Terminate"/> with a token.
    /// </summary>
    public CancellationToken StartCancellation { get; init; }

    /// <summary>
    /// Whether to instantiate the module even if imported functions are missing. Calling a missing function traps with WN5016.
    /// </summary>
    public bool AllowUnlinked { get; init; }

    /// <summary>Instances whose exports the new instance may import, by module name. They have priority over host functions.</summary>
    /// <example>
    /// <code>
    /// using NanoInstance linked = module.Instantiate(new()
    /// {
    ///     Imports = new Dictionary&lt;string, NanoInstance&gt; { ["library"] = plugin },
    /// });
    /// </code>
    /// </example>
    public IReadOnlyDictionary<string, NanoInstance> Imports { get; init; } = new Dictionary<string, NanoInstance>();

    /// <summary>Arguments of a WASI program. The first is the program's own name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables of a WASI program, each as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];
}
