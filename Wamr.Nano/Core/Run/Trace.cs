// SPDX-License-Identifier: MIT
// Frames of a trap that are kept because the stack they were on is gone before anybody asks.
namespace Wamr.Nano.Core.Run;

/// <summary>A frame that was left.</summary>
internal struct KeptFrame
{
    /// <summary>Its instance and function, as in a reference: see <see cref="FuncRef"/>.</summary>
    internal uint Function;

    /// <summary>
    /// Of native code the offset of the instruction in the module that was compiled, where it is known; else as in
    /// <c>CallFrame.Position</c>.
    /// </summary>
    internal uint Position;
}

/// <summary>
/// The frames of a trap, innermost first, behind this structure in the same block: of native code, and of runs inside of other runs. Of
/// more than there is room for the innermost three quarters are kept, and a ring of the outermost ones so far.
/// </summary>
internal unsafe struct Trace
{
    /// <summary>Where the trap was.</summary>
    internal ExecEnv* Env;

    /// <summary>Frames there were.</summary>
    internal uint Count;

    /// <summary>Frames there is room for.</summary>
    internal uint Capacity;
}
