// SPDX-License-Identifier: MIT
// Loads and stores (spec chapter 4.4.7): exact to the byte, with no more checks than the order of traps and side effects needs.
using System.Collections.Generic;
using System.Globalization;
using Wamr.Nano.Core;

namespace Wamr.Nano.Xip.Emit;

internal sealed unsafe partial class FunctionWriter
{
    private readonly CheckedRanges _checked = new();

    /// <summary>
    /// Checks that may still be made stricter, by the value they check: since then nothing happened that anybody could see, and nothing but
    /// an access out of bounds could have trapped, so that trapping there already makes no difference.
    /// </summary>
    private readonly Dictionary<int, (int Line, ulong End)> _window = [];

    private void Access(Opcode op)
    {
        bool store = op is >= Opcode.I32Store and <= Opcode.I64Store32;
        Value value = store ? Pop() : default;
        Value address = Pop();
        ulong offset = _i->B, end = offset + Width(op);
        if (!Check(address, end)) return;
        string place = $"{_module.MemoryName} + {address.Text}{(offset == 0 ? "" : $" + {CTypes.Word((uint)offset)}")}";
        if (store)
        {
            Line($"{op}({place}, {value.Text});");
            CloseWindow();
        }
        else Push(Temporary(TypeOf((uint)OpTable.Signature((int)op) / Sig.Result), $"{op}({place})"));
    }

    /// <summary>Bytes of an access.</summary>
    private static ulong Width(Opcode op) => 1ul << OpTable.AlignLog2((int)op);

    /// <summary>Makes sure that memory holds the bytes from an address up to <paramref name="end"/> behind it; false where it never does.</summary>
    private bool Check(Value address, ulong end)
    {
        if (address.Constant is ulong constant && constant + end <= _facts.MinBytes) return true;
        if (_facts.FixedBytes != 0 && (address.Constant ?? 0) + end > _facts.FixedBytes)
        {
            TrapNow(WasmError.MemoryOutOfBounds);
            return false;
        }
        if (_checked.Covers(address.Id, end)) return true;
        if (_window.TryGetValue(address.Id, out (int Line, ulong End) earlier)) _lines[earlier.Line] = CheckLine(address, end);
        else
        {
            Line(CheckLine(address, end));
            earlier.Line = _lines.Count - 1;
        }
        _window[address.Id] = (earlier.Line, end);
        _checked.Add(address.Id, end);
        return true;
    }

    private string CheckLine(Value address, ulong end)
    {
        string condition = _facts.FixedBytes != 0 ? $"{address.Text} > {CTypes.Word((uint)(_facts.FixedBytes - end))}"
            : end <= _facts.MinBytes ? $"{address.Text} > size - {end.ToString(CultureInfo.InvariantCulture)}u"
            : $"(u64){address.Text} + {CTypes.Wide(end)} > size";
        return $"if (UNLIKELY({condition})) goto {TrapLabel(WasmError.MemoryOutOfBounds)};";
    }

    /// <summary>Something happens that others can see, another trap may come, or control may go elsewhere.</summary>
    private void CloseWindow() => _window.Clear();
}
