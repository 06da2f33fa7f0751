// SPDX-License-Identifier: MIT
// Translates one function to C: a walk over its instructions with the operand stack as names of C variables.
using System.Collections.Generic;
using Wamr.Nano.Xip.Analysis;

namespace Wamr.Nano.Xip.Emit;

/// <summary>
/// The state of one translation. Each instruction becomes a statement on fresh temporaries, and the C compiler merges common ones. Blocks
/// stay blocks, and branches become gotos. Each part of this class handles a group of instructions.
/// </summary>
internal sealed unsafe partial class FunctionWriter
{
    private readonly CModule _module;
    private readonly ModuleFacts _facts;
    private readonly FunctionScan _scan;
    private readonly FuncType* _type;
    private readonly List<(string Text, uint Offset)> _lines = [];
    private readonly List<Value> _operands = [];

    /// <summary>The traps that the function raises, each with the offset of its instruction, or unknown if there are several.</summary>
    private readonly SortedDictionary<WasmError, uint> _traps = [];
    private int _temporaries;
    private int _ids;

    /// <summary>The instruction being translated: a local of <see cref="Walk"/>.</summary>
    private Instr* _i;

    /// <summary>A second reader, for a look ahead.</summary>
    private ByteReader* _reader;

    internal FunctionWriter(CModule module, FunctionScan scan)
    {
        _module = module;
        _facts = module.Facts;
        _scan = scan;
        _type = _facts.TypeOf(scan.Index);
        _localIds = new int[scan.Locals.Count];
        for (int n = 0; n < _localIds.Length; n++) _localIds[n] = ++_ids;
    }

    /// <summary>Appends the C function to a file.</summary>
    internal void Write(CPart part)
    {
        Walk();
        if (_module.ChecksStack(_scan)) _traps[WasmError.NativeStackOverflow] = ErrorInfo.Unknown;
        if (_polls || EntryUnits() != 0) part.Append(CModule.PollDeclaration(_scan.Index));
        string head = _module.Tails.HasBody(_scan) ? Bounces.Head(_type, _scan.Index) : _module.Declaration(_scan.Index, named: true);
        part.Append(head + "\n{\n");
        Prologue(part);
        foreach ((string line, uint offset) in _lines)
            if (line.Length != 0) part.Append($"    {line}\n", new(_scan.Index, offset));
        foreach ((WasmError trap, uint offset) in _traps)
            part.Append($"{LabelOf(trap)}: {CModule.Raise(trap, _scan.Index)};\n", new(_scan.Index, offset));
        part.Append("}\n\n");
    }

    /// <summary>Writes the locals, which start as zero, the variables of the whole function, and the checks on entry.</summary>
    private void Prologue(CPart part)
    {
        for (int n = _type->ParamCount; n < _scan.Locals.Count; n++)
            part.Append($"    {CTypes.Of(_scan.Locals[n])} l{n} = {CTypes.Constant(_scan.Locals[n], 0)};\n");
        if (_scan.UsesMemory) part.Append("    MEMORY();\n");
        if (_module.ChecksStack(_scan)) part.Append("    STACK_CHECK();\n");
        if (EntryUnits() != 0) part.Append($"    {Fuel(EntryUnits())}\n");
        if (_facts.Options.Profile) part.Append($"    {Note("XIP_ENTER_FUNCTION")}\n");
    }

    /// <summary>Reports to a profile that the function begins or ends.</summary>
    private string Note(string service) => $"APART; service(e, {service}, {_scan.Index}, 0);";

    /// <summary>Written before each exit except traps.</summary>
    private void NoteLeave()
    {
        if (_facts.Options.Profile) Line(Note("XIP_LEAVE_FUNCTION"));
    }

    /// <summary>The fuel that a call costs if it is counted; otherwise 0.</summary>
    private int EntryUnits() => !_facts.Options.Fuel ? 0 : ClearedUnits() + (_module.PollsOnEntry(_scan) ? 1 : 0);

    /// <summary>Counts back edges or calls, and requests more fuel if it runs out.</summary>
    private string Fuel(int units) => $"FUEL({units}, {CModule.PollName(_scan.Index)});";

    private void Walk()
    {
        Module* m = _facts.Module;
        Instr instr = default;
        _i = &instr;
        ByteReader r = _scan.Body(m);
        _reader = &r;
        OpenFunction();
        while (_blocks.Count != 0)
        {
            InstrReader.Next(&r, &instr, Features.All);
            if (!_dead) Translate(instr.Op);
            else PassDead(instr.Op);
            Advance(instr.Op);
        }
        _i = null;
        _reader = null;
    }

    private void Translate(Opcode op)
    {
        if (OpTable.Signature((int)op) == Sig.Special) Special(op);
        else if (OpTable.Immediates((int)op) == Imm.MemArg) Access(op);
        else if (op is >= Opcode.I32Const and <= Opcode.F64Const)
            Push(Constant(TypeOf((uint)OpTable.Signature((int)op) / Sig.Result), _i->Bits));
        else if (op is Opcode.MemorySize or Opcode.MemoryGrow || op >= Opcode.MemoryInit) Misc(op);
        else Plain(op);
    }

    private void Special(Opcode op)
    {
        switch (op)
        {
            case Opcode.Nop: break;
            case Opcode.Unreachable: TrapNow(WasmError.Unreachable); break;
            case Opcode.Block or Opcode.Loop or Opcode.If: Open(op); break;
            case Opcode.Else: Else(); break;
            case Opcode.End: End(); break;
            case Opcode.Br: Br(_i->A); break;
            case Opcode.BrIf: BrIf(_i->A); break;
            case Opcode.BrTable: BrTable(); break;
            case Opcode.Return: Return(); break;
            case Opcode.Call: Call(_i->A); break;
            case Opcode.CallIndirect: CallIndirect(_i->A, _i->B); break;
            case Opcode.ReturnCall: ReturnCall(_i->A); break;
            case Opcode.ReturnCallIndirect: ReturnCallIndirect(_i->A, _i->B); break;
            case Opcode.Drop: Pop(); break;
            case Opcode.Select or Opcode.SelectT: Select(); break;
            case Opcode.LocalGet: LocalGet(_i->A); break;
            case Opcode.LocalSet: LocalSet(_i->A, Pop()); break;
            case Opcode.LocalTee: LocalTee(_i->A); break;
            case Opcode.GlobalGet: GlobalGet(_i->A); break;
            case Opcode.GlobalSet: GlobalSet(_i->A); break;
            case Opcode.RefNull: Push(Constant((ValType)_i->A, 0)); break;
            case Opcode.RefIsNull: Push(Temporary(ValType.I32, $"RefIsNull({Pop().Text})")); break;
            case >= Opcode.I64Add128: Wide(op); break;
            default: Misc(op); break;
        }
    }

    private Value Constant(ValType type, ulong bits)
    {
        if (ValTypes.Slots(type) == 1) bits = (uint)bits;
        if (type is ValType.F32 or ValType.F64) return Temporary(type, CTypes.Constant(type, bits));
        return new(CTypes.Constant(type, bits), type, ++_ids, -1, bits);
    }

    /// <summary>A fresh variable with the value of an expression.</summary>
    private Value Temporary(ValType type, string expression)
    {
        string name = $"t{_temporaries++}";
        Line($"{CTypes.Of(type)} {name} = {expression};");
        return new(name, type, ++_ids);
    }

    /// <summary>A fresh variable without a value.</summary>
    private Value Declared(ValType type)
    {
        string name = $"t{_temporaries++}";
        Line($"{CTypes.Of(type)} {name};");
        return new(name, type, ++_ids);
    }

    private void Line(string text) => _lines.Add((text, Offset));

    /// <summary>The position of the current instruction in the module.</summary>
    private uint Offset => _i->Start == null ? ErrorInfo.Unknown : (uint)(_i->Start - _facts.Module->Bytes);

    private void Push(Value value) => _operands.Add(value);

    private Value Pop()
    {
        Value value = _operands[^1];
        _operands.RemoveAt(_operands.Count - 1);
        return value;
    }

    private Value[] Pop(int count)
    {
        Value[] values = [.. _operands.GetRange(_operands.Count - count, count)];
        _operands.RemoveRange(_operands.Count - count, count);
        return values;
    }

    /// <summary>A trap that is raised if a condition is true.</summary>
    private void TrapIf(string condition, WasmError error)
    {
        CloseWindow();
        Line($"if (UNLIKELY({condition})) goto {TrapLabel(error)};");
    }

    private void TrapNow(WasmError error)
    {
        CloseWindow();
        Line($"goto {TrapLabel(error)};");
        Die();
    }

    private string TrapLabel(WasmError error)
    {
        _traps[error] = _traps.TryGetValue(error, out uint before) && before != Offset ? ErrorInfo.Unknown : Offset;
        return LabelOf(error);
    }

    private static string LabelOf(WasmError error) => $"trap_{(int)error}";
}
