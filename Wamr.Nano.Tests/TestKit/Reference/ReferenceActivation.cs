// SPDX-License-Identifier: MIT
// One call in the reference evaluator: control flow, variables, calls (spec chapter 4.4).
using System;
using System.Collections.Generic;

namespace Wamr.Nano.Tests.TestKit.Reference;

internal sealed unsafe class ReferenceActivation
{
    private readonly ReferenceMachine _machine;
    private readonly ReferenceFrame _frame;
    private readonly ReferenceInstance _instance;
    private readonly Core.Wasm.Module* _module;
    private readonly ulong[] _locals;
    private readonly Stack<ulong> _stack = new();
    private readonly List<Label> _labels = [];
    private readonly Dictionary<nint, (nint Else, nint End)> _blocks;
    private readonly int _results;
    private ByteReader _reader;
    private bool _done;

    public ReferenceMachine Machine => _machine;

    public ReferenceActivation(ReferenceMachine machine, ReferenceFrame frame, ulong[] arguments)
    {
        _machine = machine;
        _frame = frame;
        _instance = frame.Function.Owner;
        _module = _instance.Module;
        _results = TypeOf(frame.Function)->ResultCount;
        Prepare(frame.Function);
        _reader = Read.Over(_module->Bytes, (byte*)frame.Function.Start, _module->Bytes + _module->Size);
        _locals = new ulong[arguments.Length + frame.Function.Locals];
        arguments.CopyTo(_locals, 0);
        _blocks = frame.Function.Blocks!;
    }

    /// <summary>Function to go on with in place of this one, its arguments being what <see cref="Run"/> gave; or null.</summary>
    public ReferenceFunction? TailCall { get; private set; }

    public ReferenceInstance Instance => _instance;

    public ulong Pop() => _stack.Pop();

    public void Push(ulong value) => _stack.Push(value);

    /// <summary>Runs to the end: the results.</summary>
    public ulong[] Run()
    {
        _labels.Add(new Label(null, 0, _results));
        while (!_done)
        {
            Instr i;
            ByteReader reader = _reader;
            InstrReader.Next(&reader, &i, Features.All);
            _reader = reader;
            _frame.Offset = (uint)(i.Start - _module->Bytes);
            try
            {
                Step(&i);
            }
            catch (ReferenceTrap trap)
            {
                _machine.Trap = trap.Error;
            }
            if (_machine.Trap != WasmError.None) return [];
        }
        return PopMany(TailCall == null ? _results : TypeOf(TailCall)->ParamCount);
    }

    private void Step(Instr* i)
    {
        switch (i->Op)
        {
            case Opcode.Unreachable: throw new ReferenceTrap(WasmError.Unreachable);
            case Opcode.Nop: break;
            case Opcode.Block or Opcode.Loop or Opcode.If: Open(i); break;
            case Opcode.Else: Branch(0); break;
            case Opcode.End:
                _labels.RemoveAt(_labels.Count - 1);
                _done = _labels.Count == 0;
                break;
            case Opcode.Br: Branch(i->A); break;
            case Opcode.BrIf: if ((uint)Pop() != 0) Branch(i->A); break;
            case Opcode.BrTable: Branch(TableLabel(i, (uint)Pop())); break;
            case Opcode.Return: Branch((uint)_labels.Count - 1); break;
            case Opcode.Call: Call(_instance.Functions[i->A], false); break;
            case Opcode.ReturnCall: Call(_instance.Functions[i->A], true); break;
            case Opcode.CallIndirect: Call(Element(i), false); break;
            case Opcode.ReturnCallIndirect: Call(Element(i), true); break;
            case Opcode.Drop: Pop(); break;
            case Opcode.Select or Opcode.SelectT:
                bool first = (uint)Pop() != 0;
                ulong other = Pop(), one = Pop();
                Push(first ? one : other);
                break;
            case Opcode.LocalGet: Push(_locals[i->A]); break;
            case Opcode.LocalSet: _locals[i->A] = Pop(); break;
            case Opcode.LocalTee: _locals[i->A] = _stack.Peek(); break;
            case Opcode.GlobalGet: Push(_instance.Globals[i->A].Value); break;
            case Opcode.GlobalSet: _instance.Globals[i->A].Value = Pop(); break;
            case Opcode.I32Const: Push((uint)i->Bits); break;
            case Opcode.I64Const or Opcode.F32Const or Opcode.F64Const: Push(i->Bits); break;
            default: Plain(i); break;
        }
    }

    private void Plain(Instr* i)
    {
        byte signature = OpTable.Signature((int)i->Op);
        if (NumericOps.IsWide(i->Op)) ReferenceWide.Run(this, i->Op);
        else if (NumericOps.Is(i->Op))
        {
            ulong b = signature % Sig.Result >= Sig.Second ? Pop() : 0;
            Push(ReferenceNumeric.Apply(i->Op, Pop(), b));
        }
        else ReferenceState.Run(this, i);
    }

    private void Open(Instr* i)
    {
        BlockType type;
        BlockTypes.Resolve(_module, i, &type);
        (nint otherwise, nint end) = _blocks[(nint)i->Start];
        bool enter = i->Op != Opcode.If || (uint)Pop() != 0;
        int height = _stack.Count - (int)type.ParamCount;
        byte* target = i->Op == Opcode.Loop ? _reader.Pos : (byte*)end + 1;
        _labels.Add(new Label(target, height, (int)(i->Op == Opcode.Loop ? type.ParamCount : type.ResultCount), i->Op == Opcode.Loop));
        if (!enter) _reader.Pos = otherwise != 0 ? (byte*)otherwise + 1 : (byte*)end;
    }

    private void Branch(uint depth)
    {
        int index = _labels.Count - 1 - (int)depth;
        Label label = _labels[index];
        ulong[] values = PopMany(label.Arity);
        while (_stack.Count > label.Height) Pop();
        foreach (ulong value in values) Push(value);
        _labels.RemoveRange(label.IsLoop ? index + 1 : index, _labels.Count - (label.IsLoop ? index + 1 : index));
        _reader.Pos = label.Target;
        _done = index == 0;
        if (label.IsLoop) _machine.Spend();
    }

    private static uint TableLabel(Instr* i, uint index)
    {
        ByteReader labels = Read.Over(i->List, i->List, i->List + 5 * ((long)i->A + 1));
        uint depth = 0;
        for (uint n = 0; n <= Math.Min(index, i->A); n++) depth = Read.U32(&labels);
        return depth;
    }

    private void Call(ReferenceFunction function, bool tail)
    {
        // The engine keeps the frame of a caller that leaves it to the host or to another instance.
        if (tail && function.Host == null && function.Owner == _instance)
        {
            TailCall = function;
            _done = true;
            return;
        }
        foreach (ulong result in _machine.Call(function, PopMany(TypeOf(function)->ParamCount), true)) Push(result);
        if (tail) _done = true;
    }

    private ReferenceFunction Element(Instr* i)
    {
        List<uint> elements = _instance.Tables[(int)i->B].Elements;
        uint index = (uint)Pop();
        if (index >= elements.Count) throw new ReferenceTrap(WasmError.UndefinedElement);
        uint reference = elements[(int)index];
        if (reference == FuncRef.Null) throw new ReferenceTrap(WasmError.UninitializedElement);
        Instance* owner = FuncRef.InstanceOf(LoadedModule.Of(_module)->Runtime, reference);
        ReferenceFunction function = ReferenceInstance.Find(_machine.Instances, owner)!.Functions[FuncRef.FunctionOf(reference)];
        bool equal = FuncTypes.Equal(TypeOf(function), &_module->Types[i->A]);
        return equal ? function : throw new ReferenceTrap(WasmError.IndirectCallTypeMismatch);
    }

    private ulong[] PopMany(int count)
    {
        ulong[] values = new ulong[count];
        while (count > 0) values[--count] = Pop();
        return values;
    }

    private static FuncType* TypeOf(ReferenceFunction function)
    {
        Core.Wasm.Module* module = function.Owner.Module;
        return &module->Types[module->Functions[function.Index].TypeIndex];
    }

    /// <summary>Finds out about a function when it is first called.</summary>
    private static void Prepare(ReferenceFunction function)
    {
        if (function.Blocks != null) return;
        Core.Wasm.Module* module = function.Owner.Module;
        ByteReader reader = Read.Over(module->Bytes, module->Bytes + module->Functions[function.Index].Entry, module->Bytes + module->Size);
        Read.U32(&reader);
        for (uint runs = Read.U32(&reader); runs != 0; runs--)
        {
            function.Locals += (int)Read.U32(&reader);
            Read.U8(&reader);
        }
        function.Start = (nint)reader.Pos;
        function.Blocks = FindBlocks(reader);
    }

    private static Dictionary<nint, (nint Else, nint End)> FindBlocks(ByteReader reader)
    {
        Dictionary<nint, (nint, nint)> blocks = [];
        Stack<nint> open = new([0]);
        Instr i;
        while (open.Count != 0)
        {
            InstrReader.Next(&reader, &i, Features.All);
            nint start = (nint)i.Start;
            if (i.Op is Opcode.Block or Opcode.Loop or Opcode.If)
            {
                open.Push(start);
                blocks[start] = default;
            }
            else if (i.Op == Opcode.Else) blocks[open.Peek()] = (start, 0);
            else if (i.Op == Opcode.End && open.Pop() is nint block and not 0) blocks[block] = (blocks[block].Item1, start);
        }
        return blocks;
    }

    /// <param name="target">Where a branch goes on: the loop's first instruction, behind the end of any other block.</param>
    /// <param name="height">Operands below its parameters.</param>
    /// <param name="arity">Values a branch takes along.</param>
    /// <param name="isLoop">Whether a branch leads back.</param>
    private readonly struct Label(byte* target, int height, int arity, bool isLoop = false)
    {
        public readonly byte* Target = target;
        public readonly int Height = height, Arity = arity;
        public readonly bool IsLoop = isLoop;
    }
}
