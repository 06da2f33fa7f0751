// SPDX-License-Identifier: MIT
// A structured block that is open while its function is translated.
using System.Collections.Generic;
using Wamr.Nano.Xip.Analysis;

namespace Wamr.Nano.Xip.Emit;

internal sealed class Block
{
    internal required Opcode Op { get; init; }

    /// <summary>Number that makes its label and variables unique.</summary>
    internal required int Number { get; init; }

    internal required ValType[] Params { get; init; }

    internal required ValType[] Results { get; init; }

    /// <summary>Operands below its parameters.</summary>
    internal required int Height { get; init; }

    /// <summary>Its parameters where they enter it, for an else.</summary>
    internal List<Value> Arguments { get; } = [];

    /// <summary>What was known before it: holds again behind it.</summary>
    internal required int Mark { get; init; }

    /// <summary>Locals that change inside, and the numbers of the values they had before.</summary>
    internal Dictionary<uint, int> Changed { get; } = [];

    /// <summary>Of a loop, where its label is in the text.</summary>
    internal int LabelLine { get; set; }

    /// <summary>Of a loop: how often its body is written, which of these is being written, and where in the source it starts.</summary>
    internal int Copies { get; set; } = 1;

    internal int Copy { get; set; }

    internal unsafe byte* Start { get; set; }

    /// <summary>Of a loop: what follows is reached behind a call that counts itself.</summary>
    internal bool Counted { get; set; }

    /// <summary>Facts of a loop.</summary>
    internal LoopScan? Loop { get; set; }

    /// <summary>Whether a branch leads to its label.</summary>
    internal bool Targeted { get; set; }

    /// <summary>Longest way to its end, and of an if to its else: see <c>FunctionWriter.Distance</c>.</summary>
    internal int Distance { get; set; }

    internal int ElseDistance { get; init; }

    internal bool SawElse { get; set; }

    internal string Label => $"L{Number}";

    /// <summary>Label of one of the bodies of a loop.</summary>
    internal string LabelOf(int copy) => copy == 0 ? Label : $"{Label}_{copy}";

    /// <summary>Label behind a loop whose body is written more than once.</summary>
    internal string EndLabel => $"{Label}_end";

    /// <summary>Variable of a value its label takes: of a loop its parameters, of others their results.</summary>
    internal string Variable(int n) => $"b{Number}_{n}";

    internal ValType[] LabelTypes => Op == Opcode.Loop ? Params : Results;
}
