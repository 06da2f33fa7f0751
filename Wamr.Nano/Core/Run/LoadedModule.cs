// SPDX-License-Identifier: MIT
// What a runtime keeps for a module besides the module itself: its owner, its engine, its users.
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>
/// A module of a runtime; lives until it is unloaded. Each loader makes this structure. Embedders hold a pointer to the module at its
/// start.
/// </summary>
internal unsafe struct LoadedModule
{
    internal Module Module;
    internal Runtime* Runtime;

    /// <summary>
    /// The engine that runs its code. The loader sets it, so that a firmware contains only engines for which it has a loader.
    /// </summary>
    internal EngineCalls Engine;

    /// <summary>The image it was loaded from; null for a binary.</summary>
    internal ImageHeader* Image;

    /// <summary>Number of live instances; a module in use cannot be unloaded.</summary>
    internal ushort Instances;

    /// <summary>
    /// Bytes that its engine keeps immediately below the linear memory of an instance, if the image depends on that memory's size.
    /// </summary>
    internal ushort EngineBytes;

    /// <summary>Whether its code is machine code, and not register code.</summary>
    internal readonly bool IsNative => Image != null && Image->Kind == ImageKind.Native;

    /// <summary>The structure that begins with <paramref name="module"/>.</summary>
    internal static LoadedModule* Of(Module* module) => (LoadedModule*)module;
}
