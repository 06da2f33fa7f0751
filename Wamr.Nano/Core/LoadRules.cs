// SPDX-License-Identifier: MIT
// What may be chosen for modules that are loaded from now on.
namespace Wamr.Nano.Core;

/// <summary>How modules are loaded. All zero: plain WebAssembly 1.0.</summary>
internal struct LoadRules
{
    /// <summary>Accepted features.</summary>
    internal Features Features;

    /// <summary>
    /// C's stack pointer: 1 + the global's index where the embedder knows it, 0 where the module has to prove it, or
    /// <see cref="UncheckedStack"/>: whichever it is, setting it is not checked.
    /// </summary>
    internal ushort StackPointer;

    /// <summary>
    /// Not 0: register code says when functions are entered and left, and unless it is <see cref="ProfiledFunctions"/> what it executes,
    /// which costs code and time. See <c>Profile</c>.
    /// </summary>
    internal byte Profiled;

    /// <summary>Not 0: memories keep the whole pages they declare, as the specification has it.</summary>
    internal byte WholePages;

    internal const byte ProfiledFunctions = 2;

    internal const ushort UncheckedStack = 0xFFFF;
}
