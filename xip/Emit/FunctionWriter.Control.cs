// SPDX-License-Identifier: MIT
// Blocks, branches and returns (spec chapter 4.4.8).
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Wamr.Nano.Xip.Emit;

internal sealed unsafe partial class FunctionWriter
{
    private readonly List<Block> _blocks = [];
    private int _loops;
    private int _deadDepth;
    private bool _dead;

    /// <summary>Whether its loops poll.</summary>
    private bool _polls;

    private Block Innermost => _blocks[^1];

    private void OpenFunction()
    {
        BlockType type;
        BlockTypes.OfFunction(_type, &type);
        type.ParamCount = 0;
        _blocks.Add(NewBlock(Opcode.Block, &type));
    }

    private void Open(Opcode op)
    {
        BlockType type;
        BlockTypes.Resolve(_facts.Module, _i, &type);
        string condition = op == Opcode.If ? Pop().Text : "";
        CloseWindow();
        KeepLocals();
        if (op == Opcode.Loop) BeforeLoop();
        Block block = NewBlock(op, &type);
        _blocks.Add(block);
        if (op == Opcode.Loop) OpenLoop(block);
        else if (op == Opcode.If)
        {
            block.Arguments.AddRange(_operands.Skip(block.Height));
            Line($"if ({condition}) {{");
        }
        else Line("{");
    }

    /// <summary>
    /// Values that enter a loop and values that return to its start use the same variables. At the start, locals that change inside have
    /// new values.
    /// </summary>
    private void OpenLoop(Block block)
    {
        Value[] arguments = Pop(block.Params.Length);
        for (int n = 0; n < arguments.Length; n++) Line($"{CTypes.Of(block.Params[n])} {block.Variable(n)} = {arguments[n].Text};");
        block.LabelLine = _lines.Count;
        Line($"{block.Label}:;");
        Line("{");
        for (int n = 0; n < arguments.Length; n++) Push(Temporary(block.Params[n], block.Variable(n)));
        block.Loop = _scan.Loops[_loops++];
        if (block.Params.Length + block.Results.Length == 0) block.Copies = block.Loop.Copies(_facts.Options);
        block.Start = _reader->Pos;
        NewValues(block);
    }

    private void NewValues(Block loop)
    {
        foreach (uint local in loop.Loop!.Changed) SetLocalId(local, ++_ids);
    }

    /// <summary>Writes the body of a loop again. The branch back of the previous copy leads here.</summary>
    private void NextCopy(Block block)
    {
        CloseWindow();
        if (!_dead) Line($"goto {block.EndLabel};");
        Line("}");
        Line($"{block.LabelOf(++block.Copy)}:;");
        Line("{");
        _operands.RemoveRange(block.Height, _operands.Count - block.Height);
        _checked.ReturnTo(block.Mark);
        _blocks.Add(block);
        NewValues(block);
        _dead = false;
        _reader->Pos = block.Start;
    }

    private Block NewBlock(Opcode op, BlockType* type)
    {
        ValType[] results = [.. Enumerable.Range(0, (int)type->ResultCount).Select(n => (ValType)type->Results[n])];
        Block block = new()
        {
            Op = op,
            Number = _module.NextLabel(),
            Params = [.. Enumerable.Range(0, (int)type->ParamCount).Select(n => (ValType)type->Params[n])],
            Results = results,
            Height = _operands.Count - (int)type->ParamCount,
            Mark = _checked.Mark,
            ElseDistance = _distance,
        };
        if (op != Opcode.Loop && _blocks.Count != 0)
            for (int n = 0; n < results.Length; n++) Line($"{CTypes.Of(results[n])} {block.Variable(n)};");
        return block;
    }

    private void Else()
    {
        Block block = Innermost;
        if (!_dead) Leave(block);
        Line("} else {");
        _distance = block.ElseDistance;
        block.SawElse = true;
        CloseWindow();
        _checked.ReturnTo(block.Mark);
        foreach ((uint local, int id) in block.Changed) _localIds[local] = id;
        _operands.RemoveRange(block.Height, _operands.Count - block.Height);
        _operands.AddRange(block.Arguments);
        _dead = false;
    }

    private void End()
    {
        Block block = Innermost;
        _blocks.RemoveAt(_blocks.Count - 1);
        bool isFunction = _blocks.Count == 0;
        if (isFunction)
        {
            if (!_dead) ReturnValues(Pop(block.Results.Length));
            return;
        }
        if (block.Copy + 1 < block.Copies)
        {
            NextCopy(block);
            return;
        }
        Value[] fallThrough = [];
        bool ends = _dead;
        if (!_dead) fallThrough = block.Op == Opcode.Loop ? Pop(block.Results.Length) : Leave(block);
        if (block.Op == Opcode.If && !block.SawElse)
        {
            Line("} else {");
            for (int n = 0; n < block.Results.Length; n++) Line($"{block.Variable(n)} = {block.Arguments[n].Text};");
            block.Targeted = true;
            block.Distance = System.Math.Max(block.Distance, block.ElseDistance);
        }
        _distance = _dead ? block.Distance : System.Math.Max(_distance, block.Distance);
        foreach ((uint local, int id) in block.Changed) Innermost.Changed.TryAdd(local, id);
        if (block.Op == Opcode.Loop) EndLoop(block, fallThrough);
        else
        {
            Line("}");
            if (block.Targeted) Line($"{block.Label}:;");
            bool reached = !ends || block.Targeted || block.Op == Opcode.If;
            if (block.Targeted || block.Op == Opcode.If) Meet(block);
            _dead = !reached;
            _operands.RemoveRange(block.Height, _operands.Count - block.Height);
            if (reached) for (int n = 0; n < block.Results.Length; n++) Push(Temporary(block.Results[n], block.Variable(n)));
        }
    }

    /// <summary>
    /// Code after a loop is reached only by falling out of it, so everything that is known stays known, unless the loop is unrolled.
    /// </summary>
    private void EndLoop(Block block, Value[] results)
    {
        CloseWindow();
        List<string> outside = [];
        if (!_dead)
            for (int n = 0; n < results.Length; n++)
            {
                // The values were computed inside the braces.
                string name = $"t{_temporaries++}";
                outside.Add($"{CTypes.Of(results[n].Type)} {name};");
                Line($"{name} = {results[n].Text};");
                results[n] = results[n] with { Text = name, Local = -1, Constant = null };
            }
        _lines.InsertRange(block.LabelLine, outside.Select(line => (line, Offset)));
        Line("}");
        if (block.Copies > 1)
        {
            Line($"{block.EndLabel}:;");
            Meet(block);
        }
        if (_operands.Count > block.Height) _operands.RemoveRange(block.Height, _operands.Count - block.Height);
        _operands.AddRange(_dead ? [] : results);
    }

    /// <summary>Execution reaches the end of a block: its results go where branches put theirs.</summary>
    private Value[] Leave(Block block)
    {
        Value[] results = Pop(block.Results.Length);
        for (int n = 0; n < results.Length; n++) Line($"{block.Variable(n)} = {results[n].Text};");
        LeadTo(block);
        return results;
    }

    /// <summary>
    /// Paths meet after a block: what was known before the block is known here, and locals that are set inside have new values.
    /// </summary>
    private void Meet(Block block)
    {
        CloseWindow();
        _checked.ReturnTo(block.Mark);
        foreach (uint local in block.Changed.Keys) _localIds[local] = ++_ids;
    }

    private void Br(uint depth)
    {
        CloseWindow();
        Goto(depth);
        Die();
    }

    private void BrIf(uint depth)
    {
        string condition = Pop().Text;
        CloseWindow();
        Line($"if ({condition}) {{");
        Goto(depth);
        Line("}");
    }

    private void BrTable()
    {
        string index = Pop().Text;
        CloseWindow();
        Line($"switch ({index}) {{");
        ByteReader labels = Read.Over(_i->List, _i->List, _facts.Module->Bytes + _facts.Module->Size);
        List<uint> depths = [];
        for (uint n = 0; n <= _i->A; n++) depths.Add(Read.U32(&labels));
        uint last = depths[^1];
        for (int n = 0; n < depths.Count - 1; n++)
        {
            if (depths[n] == last) continue;
            Line($"case {n.ToString(CultureInfo.InvariantCulture)}:");
            if (n + 1 < depths.Count - 1 && depths[n + 1] == depths[n]) continue;
            Goto(depths[n]);
        }
        Line("default:");
        Goto(last);
        Line("}");
        Die();
    }

    /// <summary>Jumps to a label with the values it takes. The operands stay.</summary>
    private void Goto(uint depth)
    {
        Block block = _blocks[^(int)(depth + 1)];
        int count = block.LabelTypes.Length;
        List<Value> values = _operands.GetRange(_operands.Count - count, count);
        if (depth == _blocks.Count - 1)
        {
            ReturnValues(values);
            return;
        }
        block.Targeted = true;
        LeadTo(block);
        for (int n = 0; n < count; n++) Line($"{block.Variable(n)} = {values[n].Text};");
        if (block.Op == Opcode.Loop && block.Copy + 1 == block.Copies && !block.Counted)
        {
            _polls = true;
            Line(Fuel(block.Copies + Units));
        }
        Line($"goto {(block.Op == Opcode.Loop ? block.LabelOf((block.Copy + 1) % block.Copies) : block.Label)};");
    }

    private void Return()
    {
        CloseWindow();
        ReturnValues(Pop(_type->ResultCount));
        Die();
    }

    private void ReturnValues(IReadOnlyList<Value> values)
    {
        for (int n = 1; n < values.Count; n++)
            Line($"SET_{CTypes.Slot(values[n].Type)}(r + {CTypes.ResultSlots(values.Take(n).Select(v => v.Type))}, {values[n].Text});");
        NoteLeave();
        Line(values.Count == 0 ? "return;" : $"return {values[0].Text};");
    }

    /// <summary>Marks the code up to the end of the innermost block as unreachable.</summary>
    private void Die()
    {
        _dead = true;
        _deadDepth = 0;
        CloseWindow();
    }

    private void PassDead(Opcode op)
    {
        if (op is Opcode.Block or Opcode.Loop or Opcode.If)
        {
            _deadDepth++;
            if (op == Opcode.Loop) _loops++;
        }
        else if (op == Opcode.Else && _deadDepth == 0) Else();
        else if (op == Opcode.End)
        {
            if (_deadDepth != 0) _deadDepth--;
            else End();
        }
    }

    /// <summary>
    /// Copies operands that are still the name of a local to their own variables, before a fork into paths on which that local may change.
    /// </summary>
    private void KeepLocals()
    {
        for (int n = 0; n < _operands.Count; n++)
            if (_operands[n].Local >= 0) _operands[n] = Copy(_operands[n]);
    }

    private Value Copy(Value value)
    {
        string name = $"t{_temporaries++}";
        Line($"{CTypes.Of(value.Type)} {name} = {value.Text};");
        return value with { Text = name, Local = -1 };
    }
}
