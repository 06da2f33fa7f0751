// SPDX-License-Identifier: MIT
// The state of lowering one function to register code. The operand stack of the source becomes slots that are known during lowering.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

/// <summary>Where an operand of the source's stack is.</summary>
internal enum OperandKind : byte
{
    /// <summary>In the slot of its stack position.</summary>
    Temp,

    /// <summary>Still in a local's slot. It is copied before that local changes.</summary>
    Local,

    /// <summary>A constant, in <see cref="Operand.Lo"/> and <see cref="Operand.Hi"/>.</summary>
    Const,

    /// <summary>
    /// An i32 comparison with which the next instruction fuses: Slot compared with the slot or immediate Lo, by comparison Hi.
    /// </summary>
    Compare,

    /// <summary>
    /// Slot + (slot Lo &lt;&lt; Hi), not added yet. If a load or store uses it as its address, the load or store itself adds.
    /// </summary>
    Sum,

    /// <summary>Slot &lt;&lt; Lo, not shifted yet: the index of a sum.</summary>
    Shifted,
}

/// <summary>One operand of the source's stack.</summary>
internal struct Operand
{
    internal OperandKind Kind;

    /// <summary>The number of slots of its value: 1, or 2 for i64 and f64.</summary>
    internal byte Slots;
    internal ushort Slot;
    internal uint Lo;
    internal uint Hi;
}

/// <summary>An open block.</summary>
internal unsafe struct Label
{
    internal BlockType Type;

    /// <summary>Loop: position of its first instruction.</summary>
    internal uint Start;

    /// <summary>The last offset that waits for the end of the block; 0 for none. Each holds the position of the previous one.</summary>
    internal uint Patches;

    /// <summary>For an if: the offset that waits for the else; 0 for none.</summary>
    internal uint ElsePatch;

    /// <summary>The longest way to the end of the block and, for an if, to its else: see <see cref="PollDistance"/>.</summary>
    internal int Units;
    internal int ElseUnits;

    /// <summary>The number of operands below its parameters.</summary>
    internal ushort Count;

    /// <summary>Slot of its first parameter, and of its first result.</summary>
    internal ushort Height;
    internal Opcode Op;
}

/// <summary>The state of lowering a function. It lies in the pool.</summary>
internal unsafe struct Lowering
{
    /// <summary>Allocates what lowering needs, and receives the description of a failure.</summary>
    internal Allocator* Allocator;
    internal Module* Module;
    internal Function* Function;
    internal FuncType* Type;
    internal ByteReader Reader;
    internal Instr Instr;

    /// <summary>Where units go; null while measuring. <see cref="Pos"/> counts either way, from the function's header.</summary>
    internal ushort* Out;
    internal uint Pos;

    internal Operand* Operands;
    internal uint Count;

    /// <summary>The slot after the topmost operand.</summary>
    internal uint Height;

    /// <summary>The number of operands that are still in a local's slot. If it is 0, local.set need not look for them.</summary>
    internal uint LocalOperands;

    internal Label* Labels;
    internal uint Depth;

    /// <summary>Slots of the whole frame.</summary>
    internal uint FrameSlots;

    /// <summary>The number of blocks opened in unreachable code. <see cref="Dead"/> says whether the current code is unreachable.</summary>
    internal uint DeadDepth;
    internal byte Dead;

    /// <summary>Set if the function has been examined for <see cref="StackPointer"/>.</summary>
    internal byte StackLooked;

    /// <summary>For each parameter, its slot times 2, plus 1 if it takes two slots; and the runs of declared locals.</summary>
    internal uint* ParamSlots;
    internal LocalRun* Runs;
    internal uint RunCount;

    /// <summary>The number of operands, from the bottom up, that are known to be in the slots of their stack positions.</summary>
    internal uint Settled;

    /// <summary>First slots of the frame's parts; see <c>RegCode</c>.</summary>
    internal uint ZeroSlots;
    internal uint ConstBase;
    internal uint SaveSlot;

    /// <summary>Six slots below 256 for operands whose slots a byte cannot name; 0 if the frame needs none.</summary>
    internal uint Scratch;

    /// <summary>Highest nesting of blocks.</summary>
    internal uint MaxDepth;

    internal uint ConstCount;
    internal fixed uint Consts[MaxConsts];

    /// <summary>Set if the code is too long for 16-bit offsets.</summary>
    internal byte Far;

    /// <summary>The position of the last poll on the longest way here: see <see cref="PollDistance"/>.</summary>
    internal int PolledAt;

    /// <summary>Why the function cannot be written as register code, or <see cref="WasmError.None"/>.</summary>
    internal WasmError Refused;

    /// <summary>When locating a position: that position, and the offset that was found.</summary>
    internal uint Watch;
    internal uint Found;

    internal const int MaxConsts = 24;
    internal const uint NoWatch = 0xFFFFFFFF;
}
