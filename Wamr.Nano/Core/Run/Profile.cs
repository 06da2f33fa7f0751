// SPDX-License-Identifier: MIT
// Opt-in execution counts: per function and per register-code opcode.
namespace Wamr.Nano.Core.Run;

/// <summary>Counters of a profiled run; both arrays belong to whoever asked for the profile.</summary>
internal unsafe struct Profile
{
    /// <summary>Calls by function index, of all modules alike.</summary>
    internal ulong* Calls;

    /// <summary>Entries of <see cref="Calls"/>; functions beyond are not counted.</summary>
    internal uint Functions;

    /// <summary>Executions by register-code opcode, 256 entries.</summary>
    internal ulong* Instructions;
}
