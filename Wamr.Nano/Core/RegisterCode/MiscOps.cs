// SPDX-License-Identifier: MIT
// Table, bulk and reference instructions in register code: how many operands they have, and whether they have a result.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.RegisterCode;

internal static class MiscOps
{
    /// <summary>The number of operands, one slot each.</summary>
    internal static uint Pops(Opcode op) => op switch
    {
        Opcode.TableGet => 1,
        Opcode.TableSet or Opcode.TableGrow => 2,
        Opcode.MemoryInit or Opcode.MemoryCopy or Opcode.MemoryFill or Opcode.TableInit or Opcode.TableCopy or Opcode.TableFill => 3,
        _ => 0,
    };

    /// <summary>Whether it has a result, which takes one slot.</summary>
    internal static bool Pushes(Opcode op) => op is Opcode.TableGet or Opcode.TableGrow or Opcode.TableSize or Opcode.RefFunc;

    /// <summary>Whether an opcode is one of these instructions.</summary>
    internal static bool Is(Opcode op) =>
        op is Opcode.TableGet or Opcode.TableSet or Opcode.RefFunc or >= Opcode.MemoryInit and <= Opcode.TableFill;
}
