// SPDX-License-Identifier: MIT
// What a runtime keeps of a module beside the module itself: whose it is, what runs it, who uses it.
using Wamr.Nano.Core.Image;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Run;

/// <summary>
/// A module of a runtime; lives until unloaded. Whoever loads one makes this, and embedders hold it by the module it begins with.
/// </summary>
internal unsafe struct LoadedModule
{
    internal Module Module;
    internal Runtime* Runtime;

    /// <summary>What runs its code. Set by whoever loads it, so that a firmware holds only the engines it has a loader for.</summary>
    internal EngineCalls Engine;

    /// <summary>The image it was loaded from; null where that was a binary.</summary>
    internal ImageHeader* Image;

    /// <summary>Number of live instances; a module in use cannot be unloaded.</summary>
    internal ushort Instances;

    /// <summary>
    /// Bytes its engine keeps right below the linear memory of an instance, where the image relies on that memory's size.
    /// </summary>
    internal ushort EngineBytes;

    /// <summary>Whether its code is the machine's, not register code.</summary>
    internal readonly bool IsNative => Image != null && Image->Kind == ImageKind.Native;

    /// <summary>The whole of what <paramref name="module"/> begins.</summary>
    internal static LoadedModule* Of(Module* module) => (LoadedModule*)module;
}
