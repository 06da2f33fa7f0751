// SPDX-License-Identifier: MIT
// State of lowering one function to register code. The operand stack of the source becomes slots known while compiling.
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.Load.Precompile;

/// <summary>Where an operand of the source's stack is.</summary>
internal enum OperandKind : byte
{
    /// <summary>In the slot its stack position has.</summary>
    Temp,

    /// <summary>Still in a local's slot: copied away before that local changes.</summary>
    Local,

    /// <summary>A constant, in <see cref="Operand.Lo"/> and <see cref="Operand.Hi"/>.</summary>
    Const,

    /// <summary>An i32 comparison the next instruction fuses with: Slot compared with slot, or immediate, Lo by comparison Hi.</summary>
    Compare,

    /// <summary>Slot + (slot Lo &lt;&lt; Hi), not added yet: a load or store that uses it as its address adds by itself.</summary>
    Sum,

    /// <summary>Slot &lt;&lt; Lo, not shifted yet: the index of a sum.</summary>
    Shifted,
}

/// <summary>One operand of the source's stack.</summary>
internal struct Operand
{
    internal OperandKind Kind;

    /// <summary>Slots of its value: 1, or 2 for i64 and f64.</summary>
    internal byte Slots;
    internal ushort Slot;
    internal uint Lo;
    internal uint Hi;
}

/// <summary>A structured block that is open.</summary>
internal unsafe struct Label
{
    internal BlockType Type;

    /// <summary>Loop: position of its first instruction.</summary>
    internal uint Start;

    /// <summary>Last offset that waits for the block's end, 0 for none; each holds the position of the one before.</summary>
    internal uint Patches;

    /// <summary>If: offset that waits for the else, 0 for none.</summary>
    internal uint ElsePatch;

    /// <summary>Longest way to the block's end, and of an if to its else: see <see cref="PollDistance"/>.</summary>
    internal int Units;
    internal int ElseUnits;

    /// <summary>Operands below its parameters.</summary>
    internal ushort Count;

    /// <summary>Slot of its first parameter, and of its first result.</summary>
    internal ushort Height;
    internal Opcode Op;
}

/// <summary>Everything known while a function is lowered. Lives in the pool, for the time of one function.</summary>
internal unsafe struct Lowering
{
    /// <summary>Gives what lowering takes, and holds the failure.</summary>
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

    /// <summary>Slot behind the topmost operand.</summary>
    internal uint Height;

    /// <summary>Operands that read a local's slot, so that most local.set need not look for any.</summary>
    internal uint LocalOperands;

    internal Label* Labels;
    internal uint Depth;

    /// <summary>Slots of the whole frame.</summary>
    internal uint FrameSlots;

    /// <summary>Blocks opened in code that cannot be reached; <see cref="Dead"/> tells whether this is such code.</summary>
    internal uint DeadDepth;
    internal byte Dead;

    /// <summary>Set where the function was looked at for <see cref="StackPointer"/>.</summary>
    internal byte StackLooked;

    /// <summary>Slot of each parameter, times 2, plus 1 where it takes two; and the locals as they are declared.</summary>
    internal uint* ParamSlots;
    internal LocalRun* Runs;
    internal uint RunCount;

    /// <summary>Operands from the bottom up that are known to be in the slots of their stack positions.</summary>
    internal uint Settled;

    /// <summary>First slots of the frame's parts; see <c>RegCode</c>.</summary>
    internal uint ZeroSlots;
    internal uint ConstBase;
    internal uint SaveSlot;

    /// <summary>Six slots below 256 for operands out of a byte's reach; 0 where the frame needs none.</summary>
    internal uint Scratch;

    /// <summary>Highest nesting of blocks.</summary>
    internal uint MaxDepth;

    internal uint ConstCount;
    internal fixed uint Consts[MaxConsts];

    /// <summary>Set where the code is too long for 16-bit offsets.</summary>
    internal byte Far;

    /// <summary>Where fuel was looked at last, on the longest way here: see <see cref="PollDistance"/>.</summary>
    internal int PolledAt;

    /// <summary>Why the function cannot be written as register code, or <see cref="WasmError.None"/>.</summary>
    internal WasmError Refused;

    /// <summary>When looking for the source of a position: that position, and what was found.</summary>
    internal uint Watch;
    internal uint Found;

    internal const int MaxConsts = 24;
    internal const uint NoWatch = 0xFFFFFFFF;
}
