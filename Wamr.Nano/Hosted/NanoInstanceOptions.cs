// SPDX-License-Identifier: MIT
// What a module is instantiated with.
using System;
using System.Collections.Generic;
using System.Threading;

namespace Wamr.Nano;

/// <summary>Settings of a <see cref="NanoInstance"/>. The defaults are those of the core: little memory, nothing granted.</summary>
public sealed class NanoInstanceOptions
{
    /// <summary>
    /// Operand stack of an execution environment, bytes; 0: 1,024, and for native code none of whose tables may change as much as the
    /// instances have whose functions it imports.
    /// </summary>
    public uint StackBytes { get; init; }

    /// <summary>
    /// App heap inside the linear memory, bytes; 0: none. Ignored where the module exports an allocator. It makes a memory larger by just
    /// its size where that ends at <c>__heap_base</c>, or is of one page and may not grow. Any other memory has whole pages: 1,024 bytes of
    /// heap cost a page of 65,536.
    /// </summary>
    public uint HeapBytes { get; init; }

    /// <summary>Pages its memory may grow to; 0: what the module says.</summary>
    public uint MaxPages { get; init; }

    /// <summary>Fuel of the start function; null: unlimited. One unit is one loop iteration or one call.</summary>
    public ulong? StartFuel { get; init; }

    /// <summary>
    /// Time the start function has, and each call in the instance's environments, unless <see cref="NanoExecEnv.Timeout"/> says something
    /// else; null: all there is. It is looked at every 1,024 loop iterations or calls, and while WASI sleeps or writes.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Ends the start function, with WN5015. For calls register <see cref="NanoExecEnv.Terminate"/> with a token.</summary>
    public CancellationToken StartCancellation { get; init; }

    /// <summary>Lets function imports that nobody provides stay unlinked: calling one traps.</summary>
    public bool AllowUnlinked { get; init; }

    /// <summary>Instances whose exports are offered as imports, by module name; they come before host functions.</summary>
    /// <example>
    /// <code>
    /// using NanoInstance linked = module.Instantiate(new()
    /// {
    ///     Imports = new Dictionary&lt;string, NanoInstance&gt; { ["library"] = plugin },
    /// });
    /// </code>
    /// </example>
    public IReadOnlyDictionary<string, NanoInstance> Imports { get; init; } = new Dictionary<string, NanoInstance>();

    /// <summary>Arguments of a WASI program, its own name first.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment of a WASI program, each <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];
}
