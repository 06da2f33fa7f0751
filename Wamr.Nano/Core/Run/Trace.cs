// SPDX-License-Identifier: MIT
// Frames of a trap that are kept, because their stack no longer exists when somebody requests the call stack.
namespace Wamr.Nano.Core.Run;

/// <summary>A kept frame.</summary>
internal struct KeptFrame
{
    /// <summary>Its instance and function, as in a reference: see <see cref="FuncRef"/>.</summary>
    internal uint Function;

    /// <summary>
    /// In native code, the offset of the instruction in the compiled module, if it is known; otherwise as in <c>CallFrame.Position</c>.
    /// </summary>
    internal uint Position;
}

/// <summary>
/// The frames of a trap, innermost first, after this structure in the same block: frames of native code, and of runs inside other runs. If
/// there are more than fit, three quarters of the room are for the innermost frames, and the rest is a ring of the outermost ones so far.
/// </summary>
internal unsafe struct Trace
{
    /// <summary>The environment in which the trap occurred.</summary>
    internal ExecEnv* Env;

    /// <summary>The number of frames.</summary>
    internal uint Count;

    /// <summary>The number of frames that fit.</summary>
    internal uint Capacity;
}
