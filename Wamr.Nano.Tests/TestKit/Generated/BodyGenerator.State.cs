// SPDX-License-Identifier: MIT
// Random bodies: memory and tables. Addresses are sums of all the shapes that lowering knows, mostly inside the memory.

namespace Wamr.Nano.Tests.TestKit.Generated;

internal sealed partial class BodyGenerator
{
    private static readonly Opcode[] Loads = [.. Range(Opcode.I32Load, Opcode.I64Load32U)],
        Stores = [.. Range(Opcode.I32Store, Opcode.I64Store32)];

    private static System.Collections.Generic.IEnumerable<Opcode> Range(Opcode first, Opcode last)
    {
        for (Opcode op = first; op <= last; op++) yield return op;
    }

    private static Opcode LoadOf(char type) => type switch
    {
        'i' => Opcode.I32Load,
        'I' => Opcode.I64Load,
        'f' => Opcode.F32Load,
        _ => Opcode.F64Load,
    };

    private void Load()
    {
        Opcode op = Pick<Opcode>(_random, Loads);
        Address();
        _code.Op(op, (uint)_random.Next(OpTable.AlignLog2((int)op) + 1), Offset());
        Pop(1);
        _stack.Add(Numbers(OpTable.Signature((int)op) / Sig.Result));
    }

    /// <summary>Address, then value; what happens in between must leave the address as it is.</summary>
    private void Store()
    {
        Opcode op = Pick<Opcode>(_random, Stores);
        char type = Numbers(OpTable.Signature((int)op) / Sig.Second % Sig.Second);
        Address();
        int floor = _floor;
        _floor = _stack.Count;
        if (OneIn(2)) Statements(3);
        if (!_dead)
        {
            Need($"{type}");
            OneNaN(type);
            // Whatever else came on top of the address is in the way.
            uint value = LocalOf(type, true);
            if (_stack.Count != _floor + 1)
            {
                _code.Set(value);
                Pop(1);
                for (; _stack.Count > _floor; Pop(1)) _code.Op(Opcode.Drop);
                _code.Get(value);
                _stack.Add(type);
            }
            _code.Op(op, (uint)_random.Next(OpTable.AlignLog2((int)op) + 1), Offset());
            Pop(2);
        }
        _floor = floor;
    }

    private uint Offset() => _random.Next(40) switch
    {
        0 => 65_535,
        1 => 70_000,
        2 => 0xFFFFFFFF,
        3 => 0xFFF8,
        < 20 => 0,
        _ => (uint)_random.Next(40),
    };

    /// <summary>Pushes an address.</summary>
    private void Address()
    {
        uint a = _firstAddress + (uint)_random.Next(2), b = _firstAddress + (uint)_random.Next(2);
        switch (_shape.Options.Steady && _shape.MemoryBytes != 0 && OneIn(8) ? -1 : _random.Next(12))
        {
            // About the end of a memory that does not move it.
            case -1: _code.Get(a).I32((int)_shape.MemoryBytes - _random.Next(48)).Op(Opcode.I32Add); break;
            case 0: _code.I32(_random.Next(200)); break;
            case 1: _code.Get(a); break;
            case 2: _code.Get(a).Get(b).Op(Opcode.I32Add); break;
            case 3: _code.Get(a).Get(b).I32(_random.Next(5)).Op(Opcode.I32Shl).Op(Opcode.I32Add); break;
            case 4: _code.Get(a).I32(_random.Next(4)).Op(Opcode.I32Shl).Get(b).Op(Opcode.I32Add); break;
            case 5: _code.Get(a).I32(1).Op(Opcode.I32Add).Get(b).Op(Opcode.I32Add); break;
            case 6: _code.Get(a).Get(b).I32(3).Op(Opcode.I32Xor).I32(2).Op(Opcode.I32Shl).Op(Opcode.I32Add); break;
            case 7: _code.Get(a).I32(_random.Next(1000)).Op(Opcode.I32Add); break;
            case 8: _code.I32(100_000).Get(a).Op(Opcode.I32Add).I32(-100_000).Op(Opcode.I32Add); break;
            case 9: _code.Get(a).Get(b).Op(Opcode.I32Add).Tee(a).I32(0x3F).Op(Opcode.I32And).Tee(a); break;
            case 10 when OneIn(5):
                Push('i');
                return;
            default:
                Push('i');
                _code.I32(0xFF).Op(Opcode.I32And);
                return;
        }
        _stack.Add('i');
    }

    /// <summary>Pushes a small number as an operand that is popped at once.</summary>
    private Code Small(int most = 40)
    {
        if (OneIn(2)) return _code.I32(_random.Next(most));
        Push('i');
        Pop(1);
        return _code.I32(most - 1).Op(Opcode.I32And);
    }

    private void Bulk()
    {
        switch (_random.Next(6))
        {
            case 0:
                _code.Op(Opcode.MemorySize, 0);
                _stack.Add('i');
                return;
            case 1:
                if (_shape.Options.Steady) goto case 0;
                Small(3).Op(Opcode.MemoryGrow, 0);
                _stack.Add('i');
                return;
            case 2:
                Small();
                Push('i');
                Pop(1);
                Small().Op(Opcode.MemoryFill, 0);
                return;
            case 3:
                Small();
                Small();
                Small().Op(Opcode.MemoryCopy, 0, 0);
                return;
            case 4:
                Small();
                Small(20);
                Small(20).Op(Opcode.MemoryInit, 1, 0);
                return;
            default:
                if (OneIn(4)) _code.Op(Opcode.DataDrop, 1);
                return;
        }
    }

    private void Table()
    {
        if (_shape.Tables == 0) return;
        uint function = (uint)_random.Next(_shape.Functions.Count);
        switch (_shape.Options.Steady ? 2 * _random.Next(2) : _random.Next(8))
        {
            case 0:
                Small(9).Op(Opcode.TableGet, 0).Op(Opcode.RefIsNull);
                _stack.Add('i');
                return;
            case 1:
                Small(9).Op(Opcode.RefFunc, function).Op(Opcode.TableSet, 0);
                return;
            case 2:
                _code.Op(Opcode.TableSize, 0);
                _stack.Add('i');
                return;
            case 3:
                _code.Op(Opcode.RefNull).Raw(0x70);
                Small(3).Op(Opcode.TableGrow, 0);
                _stack.Add('i');
                return;
            case 4:
                Small(8);
                _code.Op(Opcode.RefFunc, function);
                Small(3).Op(Opcode.TableFill, 0);
                return;
            case 5:
                Small(5);
                Small(5);
                Small(5).Op(Opcode.TableCopy, 0, 0);
                return;
            case 6:
                Small(5);
                Small(3);
                Small(3).Op(Opcode.TableInit, 1, 0);
                return;
            default:
                if (OneIn(4)) _code.Op(Opcode.ElemDrop, 1);
                return;
        }
    }
}
