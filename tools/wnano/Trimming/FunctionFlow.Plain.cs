// SPDX-License-Identifier: MIT
// What each instruction does to the origins of numbers, and which accesses it makes.
using System.Linq;
using System.Text;

namespace Wamr.Nano.Tool.Trimming;

internal sealed unsafe partial class FunctionFlow
{
    private void Plain(Instr i, uint at)
    {
        if (i.Op is >= Opcode.I32Load and <= Opcode.I64Store32) Access(i, at);
        else if (i.Op is >= Opcode.I32Const and <= Opcode.F64Const) Push(Constant(i));
        else if (i.Op is >= Opcode.I32Add and <= Opcode.I32Rotr) Binary(i.Op);
        else if (i.Op is >= Opcode.MemoryInit) Bulk(i, at);
        else if (!Control(i, at) && !Variable(i, at)) Numeric(i.Op);
    }

    /// <summary>Wide ones may hold an address in either half.</summary>
    private Origin Constant(Instr i)
    {
        if (i.Op == Opcode.I32Const) return Origin.Exactly((int)i.Bits);
        bool isSuspect = i.Op == Opcode.I64Const
            && new[] { (uint)i.Bits, (uint)(i.Bits >> 32) }.Any(half => _proof.Shape.TellsOfCutMemory(Origin.Exactly(half)));
        return isSuspect ? Origin.Suspect : Origin.Foreign;
    }

    private bool Control(Instr i, uint at)
    {
        switch (i.Op)
        {
            case Opcode.Nop: return true;
            case Opcode.Unreachable: _isLive = false; return true;
            case Opcode.Br: Branch(i.A); _isLive = false; return true;
            case Opcode.BrIf: Pop(); Branch(i.A); return true;
            case Opcode.BrTable:
                Pop();
                ByteReader labels = Read.Over(_module->Bytes, i.List, _module->Bytes + _module->Size);
                for (uint n = 0; n <= i.A; n++) Branch(Read.U32(&labels));
                _isLive = false;
                return true;
            case Opcode.Return:
                Return([.. _stack.TakeLast(_labels[0].Values)], at);
                _isLive = false;
                return true;
            case Opcode.Call or Opcode.ReturnCall:
                Call(i.A, at);
                return Tail(i.Op == Opcode.ReturnCall, at);
            case Opcode.CallIndirect or Opcode.ReturnCallIndirect:
                Pop();
                FuncType* type = &_module->Types[i.A];
                _proof.CalledByReference(i.A, Pop(type->ParamCount));
                for (int n = 0; n < type->ResultCount; n++) Push(Origin.Foreign);
                return Tail(i.Op == Opcode.ReturnCallIndirect, at);
            default: return false;
        }
    }

    private bool Tail(bool isTail, uint at)
    {
        if (!isTail) return true;
        Return([.. _stack.TakeLast(_labels[0].Values)], at);
        _isLive = false;
        return true;
    }

    private void Call(uint function, uint at)
    {
        FuncType* type = _proof.TypeOf(function);
        Origin[] arguments = Pop(type->ParamCount);
        if (function < _module->ImportedFunctions) Import(function, arguments, at);
        else _proof.Called(function, arguments);
        for (int n = 0; n < type->ResultCount; n++) Push(n == 0 ? _proof.Result(function) : Origin.Foreign);
    }

    /// <summary>
    /// What a host function does with a number nobody knows, nor with what it finds behind an address. Of those the runtime brings along
    /// for small apps it is known.
    /// </summary>
    private void Import(uint function, Origin[] arguments, uint at)
    {
        string name = ImportName(function);
        if (name == "sensor.read") return;
        FuncType* type = _proof.TypeOf(function);
        for (int n = 0; n < arguments.Length; n++)
        {
            if ((ValType)FuncTypes.Params(type)[n] != ValType.I32) continue;
            bool isText = name == "console.print";
            if (isText && n == 1) continue;
            Origin value = arguments[n];
            bool isSafe = isText ? _proof.Shape.Doubt(value, 0, null) == null
                : value.Kinds == OriginKinds.Number && (value.High < _proof.Shape.DataStart || value.Low >= _proof.Shape.Declared);
            if (!isSafe) _proof.Doubted($"a number passed to {Printable.Text(name)} may be an address there,", at);
        }
    }

    private string ImportName(uint function)
    {
        uint entry = _module->Functions[function].Entry;
        ByteReader r = Read.Over(_module->Bytes, _module->Bytes + entry, _module->Bytes + _module->Size);
        return Text(&r) + "." + Text(&r);

        static string Text(ByteReader* r)
        {
            uint length = Read.U32(r);
            return Encoding.UTF8.GetString(Read.Bytes(r, length), (int)length);
        }
    }

    private void Return(Origin[] values, uint at)
    {
        FuncType* type = _proof.TypeOf(_function);
        for (int n = 0; n < values.Length; n++)
            if ((ValType)FuncTypes.Results(type)[n] == ValType.I32)
                _proof.Returns(_function, n == 0 ? values[n] : Origin.Join(values[n], Origin.Foreign), at);
            else _proof.Returns(_function, Origin.Foreign, at);
    }

    private bool Variable(Instr i, uint at)
    {
        switch (i.Op)
        {
            case Opcode.Drop: Pop(); return true;
            case Opcode.Select or Opcode.SelectT:
                Pop();
                Origin other = Pop();
                Push(_proof.Shape.Join(Pop(), other));
                return true;
            case Opcode.LocalGet: Push(_locals[i.A]); return true;
            case Opcode.LocalSet: _locals[i.A] = Pop(); return true;
            case Opcode.LocalTee: _locals[i.A] = _stack[^1]; return true;
            case Opcode.GlobalGet: Push(_proof.Global(i.A)); return true;
            case Opcode.GlobalSet:
                Origin value = Pop();
                if (i.A == _proof.StackPointer) StackIsSet(value, at);
                else _proof.GlobalIsSet(i.A, value, at);
                return true;
            default: return false;
        }
    }

    /// <summary>No frame begins above the one before, so none leaves the stack.</summary>
    private void StackIsSet(Origin value, uint at)
    {
        bool isBelow = !value.Has(~(OriginKinds.Frame | OriginKinds.Address)) && (!value.Has(OriginKinds.Frame) || value.FrameHigh <= 0);
        if (!isBelow) _proof.Doubted("C's stack pointer is set to what may lie above the stack", at);
    }

    private void Access(Instr i, uint at)
    {
        bool isStore = i.Op >= Opcode.I32Store;
        Origin stored = isStore ? Pop() : default;
        long size = AccessBytes(i.Op);
        if (_proof.Shape.Doubt(Pop(), i.B, size) is string doubt) _proof.Doubted($"{doubt} is accessed", at);
        if (!isStore) Push(Loaded(i.Op));
        else if (i.Op is Opcode.I32Store or Opcode.I64Store or Opcode.I64Store32 && _proof.Shape.TellsOfCutMemory(stored))
            _proof.Doubted("an address above the data is stored in memory", at);
    }

    private static Origin Loaded(Opcode op) => op switch
    {
        Opcode.I32Load8S => Origin.Between(sbyte.MinValue, sbyte.MaxValue),
        Opcode.I32Load8U => Origin.Between(0, byte.MaxValue),
        Opcode.I32Load16S => Origin.Between(short.MinValue, short.MaxValue),
        Opcode.I32Load16U => Origin.Between(0, ushort.MaxValue),
        _ => Origin.Foreign,
    };

    /// <summary>The width of an access: its natural alignment, unless the opcode accesses less.</summary>
    private static long AccessBytes(Opcode op) => 1L << OpTable.AlignLog2((int)op);

    private void Binary(Opcode op)
    {
        Origin other = Pop();
        Push(_proof.Shape.Binary(op, Pop(), other));
    }

    /// <summary>Instructions that need no more than their signature.</summary>
    private void Numeric(Opcode op)
    {
        byte signature = OpTable.Signature((int)op);
        int operands = signature == Sig.Special ? SpecialOperands(op)
            : signature % Sig.Second == 0 ? 0
            : signature / Sig.Second % Sig.Second == 0 ? 1
            : 2;
        Origin[] values = Pop(operands);
        if (op is Opcode.I32Eqz or (>= Opcode.I32Eq and <= Opcode.F64Ge) or Opcode.RefIsNull) Push(Origin.Between(0, 1));
        else if (op is Opcode.I32Clz or Opcode.I32Ctz or Opcode.I32Popcnt) Push(Origin.Between(0, 32));
        else if (op == Opcode.I32Extend8S) Push(Origin.Between(sbyte.MinValue, sbyte.MaxValue));
        else if (op == Opcode.I32Extend16S) Push(Origin.Between(short.MinValue, short.MaxValue));
        else if (op != Opcode.TableSet) Push(Mixed(values));
    }

    /// <summary>What is computed of numbers in a way that is not followed.</summary>
    private static Origin Mixed(Origin[] values) => values.Any(value => value.Has(OriginKinds.Suspect)) ? Origin.Suspect : Origin.Foreign;

    /// <summary>Of references and tables.</summary>
    private static int SpecialOperands(Opcode op) => op switch
    {
        Opcode.RefIsNull or Opcode.TableGet => 1,
        Opcode.TableSet => 2,
        _ => 0,
    };

    private void Bulk(Instr i, uint at)
    {
        switch (i.Op)
        {
            case Opcode.MemoryInit or Opcode.MemoryCopy or Opcode.MemoryFill:
                Origin[] operands = Pop(3);
                long? size = operands[2].Kinds == OriginKinds.Number ? operands[2].High : null;
                if (_proof.Shape.Doubt(operands[0], 0, size) is string to) _proof.Doubted($"{to} is accessed", at);
                if (i.Op == Opcode.MemoryCopy && _proof.Shape.Doubt(operands[1], 0, size) is string from)
                    _proof.Doubted($"{from} is accessed", at);
                break;
            case Opcode.DataDrop or Opcode.ElemDrop: break;
            case Opcode.TableInit or Opcode.TableCopy or Opcode.TableFill: Pop(3); break;
            case Opcode.TableGrow: Pop(2); Push(Origin.Index); break;
            case Opcode.TableSize: Push(Origin.Index); break;
            case >= Opcode.I64Add128:
                Origin half = Mixed(Pop(2 * (int)NumericOps.WideOperands(i.Op)));
                for (int n = 0; n < NumericOps.WideResults; n++) Push(half);
                break;
            default: Numeric(i.Op); break; // saturating conversions
        }
    }
}
