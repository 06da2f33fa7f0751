// SPDX-License-Identifier: MIT
// State of the validator (spec appendix "Validation Algorithm"): one stack of types, one of open blocks. Both lie in the pool.
using Wamr.Nano.Core.Load.Sections;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Validate;

/// <summary>
/// Validation of one function after the other. The stacks grow when needed and are kept from function to function, until
/// <see cref="Validator.Release"/>: a load takes their size once.
/// </summary>
internal unsafe struct Validation
{
    internal Loading Load;
    internal readonly Module* Module => Load.Module;
    internal ByteReader* Reader;
    internal Instr Instr;

    /// <summary>Type of the function.</summary>
    internal FuncType* Type;

    /// <summary>Types of the operands, a byte each.</summary>
    internal byte* Types;

    /// <summary>End of the block at <see cref="Types"/>.</summary>
    internal byte* Limit;

    /// <summary>First operand.</summary>
    internal byte* Operands;

    /// <summary>First operand of the innermost block.</summary>
    internal byte* Floor;

    /// <summary>Behind the topmost operand.</summary>
    internal byte* Top;

    /// <summary>Parameters and locals, and the latter as they are declared.</summary>
    internal uint LocalCount;
    internal LocalRun* Runs;
    internal uint RunCount;
    internal uint RunCapacity;

    /// <summary>32-bit slots of the locals, of the operands now, and of the operands at most.</summary>
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
    /// <summary>Its type: a function type, or one result at a byte, or neither.</summary>
    internal FuncType* Type;
    internal byte* Result;

    /// <summary>Operands, and their slots, below its parameters.</summary>
    internal ushort Height;
    internal Opcode Op;

    /// <summary>Set behind an unconditional branch: the stack then holds whatever is asked for.</summary>
    internal bool Unreachable;
    internal uint Slots;
}
