// SPDX-License-Identifier: MIT
// Settings for modules that are loaded from now on.
namespace Wamr.Nano.Core;

/// <summary>The rules for loading modules. Zeros stand for plain WebAssembly 1.0.</summary>
internal struct LoadRules
{
    /// <summary>Accepted features.</summary>
    internal Features Features;

    /// <summary>
    /// C's stack pointer: 1 + the global's index if the embedder knows it; 0 if the module must prove it; or <see cref="UncheckedStack"/>
    /// if setting it is not checked.
    /// </summary>
    internal ushort StackPointer;

    /// <summary>
    /// Not 0: register code reports when functions begin and return and, unless it is <see cref="ProfiledFunctions"/>, each instruction.
    /// This costs code and time. See <c>Profile</c>.
    /// </summary>
    internal byte Profiled;

    /// <summary>Not 0: memories keep all the pages they declare, as the specification requires.</summary>
    internal byte WholePages;

    internal const byte ProfiledFunctions = 2;

    internal const ushort UncheckedStack = 0xFFFF;
}
