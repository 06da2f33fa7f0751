// SPDX-License-Identifier: MIT
// Loads and stores (spec chapter 4.4.7): exact to the byte, with no more checks than the order of traps and side effects needs.
using System.Collections.Generic;
using System.Globalization;

namespace Wamr.Nano.Xip.Emit;

internal sealed unsafe partial class FunctionWriter
{
    private readonly CheckedRanges _checked = new();

    /// <summary>Values that equal another value plus a distance, modulo 2^32.</summary>
    private readonly Dictionary<int, (int Id, long Distance)> _origins = [];

    /// <summary>
    /// Checks that may still be widened, by the origin of the checked address. Since each of them, there was no visible effect, and only an
    /// access out of bounds could have trapped. So it makes no difference if the check traps earlier.
    /// </summary>
    private readonly Dictionary<int, (int Line, string Address, long Distance, ulong End)> _window = [];

    private void Access(Opcode op)
    {
        bool store = op is >= Opcode.I32Store and <= Opcode.I64Store32;
        Value value = store ? Pop() : default;
        Value address = Pop();
        ulong offset = _i->B, end = offset + Width(op);
        if (!_facts.Guarded && !Check(address, end)) return;
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

    /// <summary>Ensures that the bytes from an address to <paramref name="end"/> after it lie in memory; false if they never can.</summary>
    private bool Check(Value address, ulong end)
    {
        if (address.Constant is ulong constant && constant + end <= _facts.MinBytes) return true;
        if (_facts.FixedBytes != 0 && (address.Constant ?? 0) + end > _facts.FixedBytes)
        {
            TrapNow(WasmError.MemoryOutOfBounds);
            return false;
        }
        (int origin, long distance) = OriginOf(address.Id);
        if (_checked.Covers(origin, distance, distance + (long)end)) return true;
        _checked.Add(origin, distance, distance + (long)end);
        if (!MakeStricter(origin, distance, end))
        {
            Line(CheckLine(address.Text, end));
            _window[origin] = (_lines.Count - 1, address.Text, distance, end);
        }
        return true;
    }

    /// <summary>Widens an earlier check to cover a later address.</summary>
    private bool MakeStricter(int origin, long distance, ulong end)
    {
        if (!_window.TryGetValue(origin, out (int Line, string Address, long Distance, ulong End) earlier) || distance < earlier.Distance)
            return false;
        ulong needed = System.Math.Max(earlier.End, (ulong)(distance - earlier.Distance) + end);
        if (_facts.FixedBytes != 0 && needed > _facts.FixedBytes) return false;
        _lines[earlier.Line] = (CheckLine(earlier.Address, needed), ErrorInfo.Unknown);
        _window[origin] = earlier with { End = needed };
        return true;
    }

    private (int Id, long Distance) OriginOf(int id) => _origins.TryGetValue(id, out (int, long) origin) ? origin : (id, 0);

    /// <summary>Notes that a value equals another value plus a constant, if the memory is small enough to use that.</summary>
    private void NoteSum(int sum, Value value, int constant)
    {
        if (_facts.FixedBytes is 0 or > 2 * (uint)CheckedRanges.Farthest) return;
        (int origin, long distance) = OriginOf(value.Id);
        distance += constant;
        if (System.Math.Abs(distance) <= CheckedRanges.Farthest) _origins[sum] = (origin, distance);
    }

    private string CheckLine(string address, ulong end)
    {
        string condition = _facts.FixedBytes != 0 ? $"{address} > {CTypes.Word((uint)(_facts.FixedBytes - end))}"
            : end <= _facts.MinBytes ? $"{address} > size - {end.ToString(CultureInfo.InvariantCulture)}u"
            : $"(u64){address} + {CTypes.Wide(end)} > size";
        return $"if (UNLIKELY({condition})) goto {TrapLabel(WasmError.MemoryOutOfBounds)};";
    }

    /// <summary>Called at a visible effect, another possible trap, or a branch: earlier checks can no longer be widened.</summary>
    private void CloseWindow() => _window.Clear();
}
