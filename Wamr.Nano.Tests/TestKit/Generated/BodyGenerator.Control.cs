// SPDX-License-Identifier: MIT
// Random bodies: blocks, branches, calls, and code that cannot be reached.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tests.TestKit.Generated;

internal sealed partial class BodyGenerator
{
    private const int MaxNesting = 6;

    private void Statements(int most)
    {
        for (int n = _random.Next(1, most + 1); n > 0 && !_dead && _budget-- > 0; n--) Statement();
    }

    private void Statement()
    {
        switch (_random.Next(100))
        {
            case < 34: Number(); break;
            case < 52: Variable(); break;
            case < 62: Store(); break;
            case < 68: Load(); break;
            case < 72: Select(); break;
            case < 82: Block(); break;
            case < 87: BrIf(); break;
            case < 92: Call(); break;
            case < 94: Bulk(); break;
            case < 96: Table(); break;
            case < 97: Leave(); break;
            case < 98 when _farCode: Distance(); break;
            default: Push(_shape.Type()); break;
        }
    }

    private void Block()
    {
        if (_labels.Count >= MaxNesting) return;
        Opcode op = Pick(_random, Opcode.Block, Opcode.Loop, Opcode.If, Opcode.If);
        int available = Math.Min(_stack.Count - _floor, 2);
        string parameters = string.Concat(_stack.TakeLast(_random.Next(available + 1)));
        string results = _shape.Types(2);
        bool arms = op == Opcode.If && !OneIn(3);
        if (op == Opcode.If && !arms) results = parameters;
        if (op == Opcode.If) Condition();
        OpenBlock(op, parameters, results);

        int floor = _floor;
        _floor = _stack.Count - parameters.Length;
        _labels.Add(op == Opcode.Loop ? parameters : results);
        if (op == Opcode.Loop) Spend();
        Statements(8);
        if (op == Opcode.Loop && !_dead && !OneIn(3)) BrIf(0);
        Finish(results);
        if (arms)
        {
            _code.Op(Opcode.Else);
            Reset(parameters);
            Statements(8);
            Finish(results);
        }
        _code.End();
        Reset(results);
        _labels.RemoveAt(_labels.Count - 1);
        _floor = floor;
    }

    /// <summary>Where a function or a turn of a loop begins: ends the run when the module's own limit is reached.</summary>
    private void Spend()
    {
        if (_shape.LimitGlobal is not uint limit) return;
        _code.Op(Opcode.GlobalGet, limit).Op(Opcode.I32Eqz).Open(Opcode.If).Op(Opcode.Unreachable).End();
        _code.Op(Opcode.GlobalGet, limit).I32(1).Op(Opcode.I32Sub).Op(Opcode.GlobalSet, limit);
    }

    private void OpenBlock(Opcode op, string parameters, string results)
    {
        if (parameters.Length == 0 && results.Length < 2 && !OneIn(4))
        {
            _code.Open(op, results.Length == 0 ? null : results[0]);
            return;
        }
        List<byte> type = [];
        Leb128.Signed(type, _shape.Builder.Type($"{parameters}:{results}"));
        _code.Op(op).Raw([.. type]);
    }

    /// <summary>The stack of the block is these types and nothing else, whatever it was.</summary>
    private void Reset(string types)
    {
        _dead = false;
        _stack.RemoveRange(_floor, _stack.Count - _floor);
        _stack.AddRange(types);
    }

    /// <summary>Leaves exactly the given values on the block's stack.</summary>
    private void Finish(string results)
    {
        if (_dead) return;
        int same = 0;
        while (same < results.Length && _floor + same < _stack.Count && _stack[_floor + same] == results[same]) same++;
        for (; _stack.Count > _floor + same; Pop(1)) _code.Op(Opcode.Drop);
        foreach (char type in results[same..]) Push(type);
    }

    private void BrIf() => BrIf(_random.Next(_labels.Count));

    private void BrIf(int depth)
    {
        Need(_labels[^(depth + 1)]);
        Condition();
        _code.Op(Opcode.BrIf, (uint)depth);
    }

    private void Call()
    {
        int function = _random.Next(_shape.Functions.Count);
        string[] type = _shape.Functions[function].Split(':');
        Need(type[0]);
        Invoke(function, false);
        Pop(type[0].Length);
        _stack.AddRange(type[1]);
    }

    /// <summary>Calls a function directly or through the table, where it mostly is not: that ends the run.</summary>
    private void Invoke(int function, bool tail)
    {
        if (_shape.Tables == 0 || !OneIn(4))
        {
            _code.Op(tail ? Opcode.ReturnCall : Opcode.Call, (uint)function);
            return;
        }
        int index = _random.Next(8);
        if (!OneIn(8)) _code.I32(index).Op(Opcode.RefFunc, (uint)function).Op(Opcode.TableSet, 0);
        _code.I32(index).Op(tail ? Opcode.ReturnCallIndirect : Opcode.CallIndirect, _shape.Builder.Type(_shape.Functions[function]), 0);
    }

    /// <summary>A branch without condition, or another end of the block, and some code behind it.</summary>
    private void Leave()
    {
        switch (_random.Next(6))
        {
            case 0 or 1: Jump(); break;
            case 2:
                Need(_results);
                _code.Op(Opcode.Return);
                break;
            case 3: BrTable(); break;
            case 4:
                int[] callees = [.. Enumerable.Range(0, _shape.Functions.Count).Where(f => _shape.Functions[f].Split(':')[1] == _results)];
                if (callees.Length == 0) return;
                int callee = callees[_random.Next(callees.Length)];
                Need(_shape.Functions[callee].Split(':')[0]);
                Invoke(callee, true);
                break;
            default:
                if (!OneIn(3)) return;
                _code.Op(Opcode.Unreachable);
                break;
        }
        _dead = true;
        Dead();
    }

    private void Jump()
    {
        int depth = _random.Next(_labels.Count);
        Need(_labels[^(depth + 1)]);
        _code.Op(Opcode.Br, (uint)depth);
    }

    private void BrTable()
    {
        string types = _labels[^(_random.Next(_labels.Count) + 1)];
        uint[] depths = [.. Enumerable.Range(0, _labels.Count).Where(depth => _labels[^(depth + 1)] == types).Select(depth => (uint)depth)];
        Need(types);
        Push('i');
        uint[] labels = [.. Enumerable.Range(0, _random.Next(1, 6)).Select(_ => depths[_random.Next(depths.Length)])];
        if (!OneIn(5)) _code.I32(_random.Next(1, 8)).Op(Opcode.I32And);
        _code.Op(Opcode.BrTable, [(uint)labels.Length - 1, .. labels]);
    }

    private void Dead()
    {
        for (int n = _random.Next(4); n > 0; n--)
            switch (_random.Next(6))
            {
                case 0: _code.Op(Opcode.I32Add).Op(Opcode.Drop); break;
                case 1: _code.Open(Opcode.Block, 'i').Get(_firstAddress).Open(Opcode.If)
                    .Op(Opcode.Br, 0).Else().End().I32(1).End().Op(Opcode.Drop); break;
                case 2: _code.Open(Opcode.Loop).Op(Opcode.Br, 0).End(); break;
                case 3: _code.Op(Opcode.Select).Op(Opcode.Drop); break;
                case 4: _code.Op(Opcode.Drop).Op(Opcode.I64Load, 0, 8).Op(Opcode.Drop); break;
                default: _code.F64(1).Set(LocalOf('F', true)); break;
            }
    }

    /// <summary>So much code, seldom run, that branches over it are far.</summary>
    private void Distance()
    {
        _farCode = false;
        uint local = LocalOf('i', true);
        Condition();
        _code.Open(Opcode.If);
        for (int n = 0; n < 7000; n++) _code.Get(local).I32(1_000_000 + n).Op(Opcode.I32Xor).Set(local);
        _code.End();
    }
}
