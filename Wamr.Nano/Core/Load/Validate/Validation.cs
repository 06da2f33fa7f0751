// SPDX-License-Identifier: MIT
// The state of the validator (spec appendix "Validation Algorithm"): a stack of types and a stack of open blocks, both in the pool.
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

/// <summary>
/// Validates one function after the other. The stacks grow when needed, and are kept from function to function until
/// <see cref="Validator.Release"/>, so that loading allocates them only once.
/// </summary>
internal unsafe struct Validation
{
    internal Loading Load;
    internal readonly Module* Module => Load.Module;
    internal ByteReader* Reader;
    internal Instr Instr;

    /// <summary>Type of the function.</summary>
    internal FuncType* Type;

    /// <summary>The types of the operands, one byte each.</summary>
    internal byte* Types;

    /// <summary>End of the block at <see cref="Types"/>.</summary>
    internal byte* Limit;

    /// <summary>First operand.</summary>
    internal byte* Operands;

    /// <summary>First operand of the innermost block.</summary>
    internal byte* Floor;

    /// <summary>The position after the topmost operand.</summary>
    internal byte* Top;

    /// <summary>The number of parameters and locals, and the runs of declared locals.</summary>
    internal uint LocalCount;
    internal LocalRun* Runs;
    internal uint RunCount;
    internal uint RunCapacity;

    /// <summary>The 32-bit slots of the locals, of the current operands, and of the most operands so far.</summary>
    internal uint LocalSlots;
    internal uint Slots;
    internal uint MaxSlots;

    /// <summary>Open blocks, the function's own first.</summary>
    internal ControlFrame* Controls;
    internal uint Depth;
    internal uint ControlCapacity;
}

/// <summary>An open block.</summary>
internal unsafe struct ControlFrame
{
    /// <summary>Its type: a function type, or one result in a byte, or neither.</summary>
    internal FuncType* Type;
    internal byte* Result;

    /// <summary>The number of operands below its parameters, and their slots.</summary>
    internal ushort Height;
    internal Opcode Op;

    /// <summary>Set after an unconditional branch. Then the stack has any value that an instruction pops.</summary>
    internal bool Unreachable;
    internal uint Slots;
}
