// SPDX-License-Identifier: MIT
// Follows the numbers of one function along its paths (spec chapter 4.4), to the addresses of its accesses.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tool.Trimming;

/// <summary>Loops are gone through until their locals are no more than they were; where paths meet, a value is either of two.</summary>
internal sealed unsafe partial class FunctionFlow
{
    /// <summary>What is known at a point.</summary>
    private sealed record State(Origin[] Locals, Origin[] Stack);

    /// <summary>A block that is open.</summary>
    private sealed class Label
    {
        /// <summary>Values a branch to it takes along, and values below them.</summary>
        internal int Values, Height;
        internal bool IsLoop;

        /// <summary>What is known where its branches meet; null before the first branch.</summary>
        internal State? Joined;
        internal bool IsChanged;
    }

    private readonly AddressProof _proof;
    private readonly Module* _module;
    private readonly uint _function;
    private readonly List<Instr> _code = [];
    private readonly int[] _ends;
    private readonly List<Label> _labels = [];
    private List<Origin> _stack = [];
    private Origin[] _locals;
    private bool _isLive = true;

    internal FunctionFlow(AddressProof proof, uint function)
    {
        _module = proof.Module;
        (_proof, _function) = (proof, function);
        _locals = [.. Enumerable.Range(0, proof.TypeOf(function)->ParamCount).Select(i => proof.Parameter(function, i)), .. Declared()];
        _ends = Ends();
    }

    internal void Follow()
    {
        FuncType* type = _proof.TypeOf(_function);
        Label body = new() { Values = type->ResultCount };
        _labels.Add(body);
        Body(0, _code.Count - 1);
        if (_isLive) Branch(0);
        if (body.Joined is State end) Return(end.Stack, At(_code.Count - 1));
    }

    /// <summary>Reads the body. Returns the declared locals, which are initially 0.</summary>
    private List<Origin> Declared()
    {
        ByteReader r = Read.Over(_module->Bytes, _module->Bytes + _module->Functions[_function].Entry, _module->Bytes + _module->Size);
        uint bytes = Read.U32(&r);
        byte* end = r.Pos + bytes;
        List<Origin> locals = [];
        for (uint runs = Read.U32(&r); runs != 0; runs--)
        {
            uint count = Read.U32(&r);
            bool isNumber = (ValType)Read.U8(&r) == ValType.I32;
            locals.AddRange(Enumerable.Repeat(isNumber ? Origin.Exactly(0) : Origin.Foreign, (int)count));
        }
        while (r.Pos < end)
        {
            Instr i = default;
            InstrReader.Next(&r, &i, Features.All);
            _code.Add(i);
        }
        return locals;
    }

    /// <summary>The end of each block, loop and else; for an if, its else or, without one, its end.</summary>
    private int[] Ends()
    {
        int[] ends = new int[_code.Count];
        Stack<int> open = new();
        for (int at = 0; at < ends.Length; at++)
        {
            Opcode op = _code[at].Op;
            if (op is Opcode.Else or Opcode.End && open.Count != 0) ends[open.Pop()] = at;
            if (op is Opcode.Block or Opcode.Loop or Opcode.If or Opcode.Else) open.Push(at);
        }
        return ends;
    }

    private uint At(int index) => (uint)(_code[index].Start - _module->Bytes);

    /// <summary>Walks over the instructions up to the end of a block.</summary>
    private void Body(int from, int end)
    {
        for (int at = from; at < end && _isLive && _proof.Step(At(at)); at++)
        {
            Instr i = _code[at];
            switch (i.Op)
            {
                case Opcode.Block:
                    Block(i, at + 1, _ends[at]);
                    at = _ends[at];
                    break;
                case Opcode.Loop:
                    Loop(i, at + 1, _ends[at]);
                    at = _ends[at];
                    break;
                case Opcode.If: at = If(i, at); break;
                default: Plain(i, At(at)); break;
            }
        }
    }

    private void Block(Instr i, int from, int end)
    {
        Label label = Open(i, isLoop: false);
        Body(from, end);
        Close(label);
    }

    private int If(Instr i, int at)
    {
        Pop();
        int middle = _ends[at], end = _code[middle].Op == Opcode.Else ? _ends[middle] : middle;
        Label label = Open(i, isLoop: false);
        State before = Here();
        Body(at + 1, middle);
        if (_isLive) Branch(0);
        Restore(before);
        Body(Math.Min(middle + 1, end), end);
        Close(label);
        return end;
    }

    private void Loop(Instr i, int from, int end)
    {
        Label label = Open(i, isLoop: true);
        label.Joined = Here();
        do
        {
            label.IsChanged = false;
            Restore(label.Joined);
            Body(from, end);
        }
        while (label.IsChanged && _proof.Found == null);
        _labels.RemoveAt(_labels.Count - 1);
    }

    private Label Open(Instr i, bool isLoop)
    {
        BlockType type;
        BlockTypes.Resolve(_module, &i, &type);
        Label label = new()
        {
            Values = (int)(isLoop ? type.ParamCount : type.ResultCount),
            Height = _stack.Count - (int)type.ParamCount,
            IsLoop = isLoop,
        };
        _labels.Add(label);
        return label;
    }

    private void Close(Label label)
    {
        if (_isLive) Branch(0);
        _labels.RemoveAt(_labels.Count - 1);
        _isLive = label.Joined != null;
        if (label.Joined != null) Restore(label.Joined);
    }

    private State Here() => new([.. _locals], [.. _stack]);

    private void Restore(State state)
    {
        (_locals, _stack, _isLive) = ([.. state.Locals], [.. state.Stack], true);
    }

    /// <summary>A branch to the label of that depth: what is known here is known there.</summary>
    private void Branch(uint depth)
    {
        Label label = _labels[^((int)depth + 1)];
        State here = new([.. _locals], [.. _stack.Take(label.Height), .. _stack.TakeLast(label.Values)]);
        if (label.Joined == null)
        {
            label.Joined = here;
            return;
        }
        State joined = new(Join(label.Joined.Locals, here.Locals, label.IsLoop), Join(label.Joined.Stack, here.Stack, label.IsLoop));
        label.IsChanged |= !joined.Locals.AsSpan().SequenceEqual(label.Joined.Locals)
            || !joined.Stack.AsSpan().SequenceEqual(label.Joined.Stack);
        label.Joined = joined;
    }

    private Origin[] Join(Origin[] old, Origin[] next, bool widens) =>
        [.. old.Zip(next, (a, b) => widens ? _proof.Shape.Widen(a, b) : _proof.Shape.Join(a, b))];

    private Origin Pop()
    {
        Origin value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private Origin[] Pop(int count)
    {
        Origin[] values = [.. _stack.TakeLast(count)];
        _stack.RemoveRange(_stack.Count - count, count);
        return values;
    }

    private void Push(Origin value) => _stack.Add(value);
}
