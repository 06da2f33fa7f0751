// SPDX-License-Identifier: MIT
// An open block during the translation of its function.
using System.Collections.Generic;
using Wamr.Nano.Xip.Analysis;

namespace Wamr.Nano.Xip.Emit;

internal sealed class Block
{
    internal required Opcode Op { get; init; }

    /// <summary>A number that makes its label and variables unique.</summary>
    internal required int Number { get; init; }

    internal required ValType[] Params { get; init; }

    internal required ValType[] Results { get; init; }

    /// <summary>Operands below its parameters.</summary>
    internal required int Height { get; init; }

    /// <summary>Its parameters on entry, for an else.</summary>
    internal List<Value> Arguments { get; } = [];

    /// <summary>What was known before it, which is valid again after it.</summary>
    internal required int Mark { get; init; }

    /// <summary>Locals that change inside, and the numbers of the values they had before.</summary>
    internal Dictionary<uint, int> Changed { get; } = [];

    /// <summary>For a loop, the position of its label in the text.</summary>
    internal int LabelLine { get; set; }

    /// <summary>For a loop: how many copies of its body are written, which copy is being written, and where its source starts.</summary>
    internal int Copies { get; set; } = 1;

    internal int Copy { get; set; }

    internal unsafe byte* Start { get; set; }

    /// <summary>For a loop: whether the code after it is reached after a call that counts itself.</summary>
    internal bool Counted { get; set; }

    /// <summary>Facts of a loop.</summary>
    internal LoopScan? Loop { get; set; }

    /// <summary>Whether a branch leads to its label.</summary>
    internal bool Targeted { get; set; }

    /// <summary>The longest way to its end and, for an if, to its else: see <c>FunctionWriter.Distance</c>.</summary>
    internal int Distance { get; set; }

    internal int ElseDistance { get; init; }

    internal bool SawElse { get; set; }

    internal string Label => $"L{Number}";

    /// <summary>Label of one of the bodies of a loop.</summary>
    internal string LabelOf(int copy) => copy == 0 ? Label : $"{Label}_{copy}";

    /// <summary>The label after a loop that is unrolled.</summary>
    internal string EndLabel => $"{Label}_end";

    /// <summary>The variable for a value that its label takes: a parameter of a loop, or a result of another block.</summary>
    internal string Variable(int n) => $"b{Number}_{n}";

    internal ValType[] LabelTypes => Op == Opcode.Loop ? Params : Results;
}
