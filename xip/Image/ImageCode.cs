// SPDX-License-Identifier: MIT
// The code of an image, of any kind, and what the tables contain about it.
using System.Collections.Generic;
using Wamr.Nano.Xip.CallStacks;

namespace Wamr.Nano.Xip.Image;

/// <summary>Code, and the positions of its parts.</summary>
internal sealed record ImageCode
{
    internal required ImageKind Kind { get; init; }

    internal required byte[] Bytes { get; init; }

    /// <summary>Code of each function: see <see cref="Function.Code"/>.</summary>
    internal required IReadOnlyList<uint> Functions { get; init; }

    internal required ushort AbiVersion { get; init; }

    /// <summary>Power of two the image must be aligned to.</summary>
    internal required byte AlignmentLog2 { get; init; }

    /// <summary>Native: the entry, a stub for each type, and what the header says of stack and memory.</summary>
    internal uint Enter { get; init; }
    internal IReadOnlyList<uint> Stubs { get; init; } = [];
    internal uint StackMargin { get; init; }
    internal uint FixedBytes { get; init; }

    /// <summary>Native: the calls through which a trap may pass.</summary>
    internal CallTable Calls { get; init; } = CallTable.None;

    /// <summary>What the runtime must support in addition to the module's features.</summary>
    internal Features Needs { get; init; }

    /// <summary>Bytecode: its reference map.</summary>
    internal IReadOnlyList<ReferenceEntry> References { get; init; } = [];

    /// <summary>
    /// Tables whose contents are constants in the code, and those among them that nothing else sees, which need not exist at run time.
    /// </summary>
    internal ISet<uint> ConstantTables { get; init; } = new HashSet<uint>();
    internal ISet<uint> AbsentTables { get; init; } = new HashSet<uint>();

    /// <summary>The element segments that fill them.</summary>
    internal ISet<uint> AbsentSegments { get; init; } = new HashSet<uint>();
}
