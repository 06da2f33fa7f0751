// SPDX-License-Identifier: MIT
// A first walk over a function body: what it calls, whether it loops, which locals each loop changes.
using System.Collections.Generic;

namespace Wamr.Nano.Xip.Analysis;

/// <summary>Facts about one function that its translation, or that of its callers, needs first.</summary>
internal sealed unsafe class FunctionScan
{
    private readonly Stack<LoopScan?> _blocks = new();
    private uint _start;
    private uint _end;

    internal FunctionScan(Module* module, uint index)
    {
        Index = index;
        Locals = ReadLocals(module, index);
        ByteReader body = Body(module);
        Instr i = default;
        while (body.Pos < body.End)
        {
            InstrReader.Next(&body, &i, Features.All);
            Note(&i);
            if (i.Op == Opcode.Call) CallsAt.Add((i.A, (uint)(i.Start - module->Bytes)));
        }
    }

    internal uint Index { get; }

    /// <summary>The size of its body in bytes.</summary>
    internal uint CodeBytes => _end - _start;

    /// <summary>Types of all locals, parameters first.</summary>
    internal List<ValType> Locals { get; }

    /// <summary>The functions that it calls directly, one entry per call.</summary>
    internal List<uint> Calls { get; } = [];

    /// <summary>The calls that are not tail calls, with the offsets of the instructions.</summary>
    internal List<(uint Function, uint Offset)> CallsAt { get; } = [];

    /// <summary>The types and tables of indirect calls, one entry per call.</summary>
    internal List<(uint Type, uint Table)> IndirectCalls { get; } = [];

    /// <summary>The loops in the order they begin.</summary>
    internal List<LoopScan> Loops { get; } = [];

    /// <summary>The calls that are tail calls.</summary>
    internal List<uint> TailCalls { get; } = [];
    internal List<(uint Type, uint Table)> IndirectTailCalls { get; } = [];

    internal bool UsesMemory { get; private set; }

    internal bool Grows { get; private set; }

    /// <summary>Functions whose reference is taken.</summary>
    internal List<uint> References { get; } = [];

    /// <summary>Tables that an instruction other than call_indirect names.</summary>
    internal HashSet<uint> TablesTouched { get; } = [];

    /// <summary>A reader at the first instruction.</summary>
    internal ByteReader Body(Module* module) => Read.Over(module->Bytes, module->Bytes + _start, module->Bytes + _end);

    private List<ValType> ReadLocals(Module* module, uint index)
    {
        Function* function = &module->Functions[index];
        FuncType* type = &module->Types[function->TypeIndex];
        List<ValType> locals = [];
        for (uint n = 0; n < type->ParamCount; n++) locals.Add((ValType)FuncTypes.Params(type)[n]);
        ByteReader r = Read.Over(module->Bytes, module->Bytes + function->Entry, module->Bytes + module->Size);
        uint size = Read.U32(&r);
        r.End = r.Pos + size;
        uint runs = Read.U32(&r);
        for (uint n = 0; n < runs; n++)
        {
            uint count = Read.U32(&r);
            ValType local = (ValType)Read.U8(&r);
            for (uint k = 0; k < count; k++) locals.Add(local);
        }
        _start = Read.Offset(&r);
        _end = (uint)(r.End - r.Base);
        return locals;
    }

    /// <summary>Notes an instruction inside a loop.</summary>
    private static void Note(LoopScan? loop, Instr* i)
    {
        if (loop == null) return;
        loop.Instructions++;
        if (i->Op is Opcode.LocalSet or Opcode.LocalTee) loop.Changed.Add(i->A);
        loop.HasLoops |= i->Op == Opcode.Loop;
        loop.HasCalls |= i->Op is Opcode.Call or Opcode.CallIndirect or Opcode.ReturnCall or Opcode.ReturnCallIndirect;
    }

    private void Note(Instr* i)
    {
        foreach (LoopScan? loop in _blocks) Note(loop, i);
        switch (i->Op)
        {
            case Opcode.Loop:
                Loops.Add(new LoopScan());
                _blocks.Push(Loops[^1]);
                break;
            case Opcode.Block or Opcode.If:
                _blocks.Push(null);
                break;
            case Opcode.End:
                _blocks.TryPop(out _);
                break;
            case Opcode.Call or Opcode.ReturnCall:
                Calls.Add(i->A);
                if (i->Op == Opcode.ReturnCall) TailCalls.Add(i->A);
                break;
            case Opcode.CallIndirect or Opcode.ReturnCallIndirect:
                IndirectCalls.Add((i->A, i->B));
                if (i->Op == Opcode.ReturnCallIndirect) IndirectTailCalls.Add((i->A, i->B));
                break;
            case Opcode.RefFunc:
                References.Add(i->A);
                break;
            case Opcode.TableGet or Opcode.TableSet or Opcode.TableGrow or Opcode.TableFill or Opcode.TableSize:
                TablesTouched.Add(i->A);
                break;
            case Opcode.TableInit:
                TablesTouched.Add(i->B);
                break;
            case Opcode.TableCopy:
                TablesTouched.Add(i->A);
                TablesTouched.Add(i->B);
                break;
            default:
                if (OpTable.Immediates((int)i->Op) == Imm.MemArg) UsesMemory = true;
                Grows |= i->Op == Opcode.MemoryGrow;
                break;
        }
    }
}
