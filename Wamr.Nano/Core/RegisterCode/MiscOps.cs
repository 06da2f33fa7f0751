// SPDX-License-Identifier: MIT
// Table, bulk and reference instructions as register code has them: how many operands, and whether there is a result.
using Wamr.Nano.Core.Wasm;

namespace Wamr.Nano.Core.RegisterCode;

internal static class MiscOps
{
    /// <summary>Operands, one slot each.</summary>
    internal static uint Pops(Opcode op) => op switch
    {
        Opcode.TableGet => 1,
        Opcode.TableSet or Opcode.TableGrow => 2,
        Opcode.MemoryInit or Opcode.MemoryCopy or Opcode.MemoryFill or Opcode.TableInit or Opcode.TableCopy or Opcode.TableFill => 3,
        _ => 0,
    };

    /// <summary>Whether it has a result, of one slot.</summary>
    internal static bool Pushes(Opcode op) => op is Opcode.TableGet or Opcode.TableGrow or Opcode.TableSize or Opcode.RefFunc;

    /// <summary>Whether it is one of them.</summary>
    internal static bool Is(Opcode op) =>
        op is Opcode.TableGet or Opcode.TableSet or Opcode.RefFunc or >= Opcode.MemoryInit and <= Opcode.TableFill;
}
