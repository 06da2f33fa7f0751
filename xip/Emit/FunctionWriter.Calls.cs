// SPDX-License-Identifier: MIT
// Calls (spec chapter 4.4.10), direct and through tables, and instructions that the runtime executes.
using System.Globalization;
using System.Linq;

namespace Wamr.Nano.Xip.Emit;

internal sealed unsafe partial class FunctionWriter
{
    private void Call(uint function)
    {
        FuncType* type = _facts.TypeOf(function);
        Value[] arguments = Pop(type->ParamCount);
        CloseWindow();
        PushResults(type, results => $"fn{function}({CModule.Arguments(type, arguments.Select(a => a.Text), results)})");
        AfterCall();
        if (_facts.IsImport(function)) _distance += HostCall;
        else if (_module.PollsOnEntry(_facts.Functions[(int)(function - _facts.Module->ImportedFunctions)])) Innermost.Counted = true;
    }

    private void CallIndirect(uint typeIndex, uint table)
    {
        FuncType* type = &_facts.Module->Types[typeIndex];
        Value element = Pop();
        Value[] arguments = Pop(type->ParamCount);
        CloseWindow();
        PushResults(type, results => Indirect(type, table, element, arguments, results));
        AfterCall();
    }

    /// <summary>The call expression. The code that finds and checks the function comes before it.</summary>
    private string Indirect(FuncType* type, uint table, Value element, Value[] arguments, string results)
    {
        if (_facts.Tables[(int)table] == null)
        {
            string values = CModule.Arguments(type, arguments.Select(a => a.Text), results, behind: [element.Text]);
            return $"call_{type->Canonical}_{table}({values})";
        }
        return $"CODE({CTypes.Pointer(type)}, "
            + $"{Target(type, table, element, bounces: false)})({CModule.Arguments(type, arguments.Select(a => a.Text), results)})";
    }

    /// <summary>The position of an element of a constant table. The check of its index comes before it.</summary>
    private string Target(FuncType* type, uint table, Value element, bool bounces)
    {
        uint size = (uint)_facts.Tables[(int)table]!.Functions.Length;
        if (size == 0 || element.Constant >= size) Line($"goto {TrapLabel(WasmError.UndefinedElement)};");
        else if (element.Constant == null) TrapIf($"{element.Text} >= {CTypes.Word(size)}", WasmError.UndefinedElement);
        return $"CODE(const u32 *, {_module.Targets.PlaceOf(table, type->Canonical, bounces)})[{element.Text}]";
    }

    private void ReturnCall(uint function)
    {
        FuncType* type = _facts.TypeOf(function);
        Value[] arguments = Pop(type->ParamCount);
        CloseWindow();
        if (_module.Tails.IsBounced(_scan, function))
            Leave(type, arguments, $"CODE(const u32 *, {_module.Targets.PlaceOfEntries()})[{function - _facts.Module->ImportedFunctions}]");
        else ReturnResult(type, $"fn{function}({CModule.Arguments(type, arguments.Select(a => a.Text), "r")})");
    }

    private void ReturnCallIndirect(uint typeIndex, uint table)
    {
        FuncType* type = &_facts.Module->Types[typeIndex];
        Value element = Pop();
        Value[] arguments = Pop(type->ParamCount);
        CloseWindow();
        if (!_module.Tails.IsBounced(_scan, typeIndex, table)) ReturnResult(type, Indirect(type, table, element, arguments, "r"));
        else if (_facts.Tables[(int)table] != null) Leave(type, arguments, Target(type, table, element, bounces: true));
        else
        {
            Value entry = Temporary(ValType.I32, $"{Bounces.LookupName(type->Canonical, table)}(e, {element.Text})");
            string slow =
                $"slow_{type->Canonical}_{table}({CModule.Arguments(type, arguments.Select(a => a.Text), "r", behind: [element.Text])})";
            Line($"if (UNLIKELY(!{entry.Text})) {{ {CModule.Apart(type, slow)} }}");
            Leave(type, arguments, entry.Text);
        }
    }

    /// <summary>A tail call that bounces: stores the arguments and the position of the entry that takes them, and returns.</summary>
    private void Leave(FuncType* type, Value[] arguments, string entry)
    {
        ValType[] types = [.. arguments.Select(a => a.Type)];
        for (int n = 0; n < types.Length; n++)
            Line($"SET_{CTypes.Slot(types[n])}(tail + {1 + CModule.SlotsOf(types[..n])}, {arguments[n].Text});");
        Line($"tail[0] = {entry};");
        NoteLeave();
        Line(type->ResultCount != 0 ? "return 0;" : "return;");
        Die();
    }

    /// <summary>The C compiler turns a call in this position into a jump if it is asked to and if it can.</summary>
    private void ReturnResult(FuncType* type, string call)
    {
        NoteLeave();
        Line(CModule.Apart(type, call));
        Die();
    }

    /// <summary>The memory may have grown, and so moved, while other code ran.</summary>
    private void AfterCall()
    {
        if (_scan.UsesMemory) Line("RELOAD();");
    }

    /// <summary>Writes a call, and pushes its results: the first is the value of the expression, the others lie in an array.</summary>
    private void PushResults(FuncType* type, System.Func<string, string> call)
    {
        ValType[] results = CTypes.List(FuncTypes.Results(type), type->ResultCount);
        string expression = call("results");
        if (results.Length == 0) Line($"APART; {expression};");
        else if (results.Length == 1)
        {
            Value value = Declared(results[0]);
            Line($"APART; {value.Text} = {expression};");
            Push(value);
        }
        else
        {
            // The scope of the array ends here. While it exists, the C compiler could not turn a later call into a jump, because other code
            // may have its address.
            Value[] values = [.. results.Select(Declared)];
            Line("{");
            Line($"u32 results[{CTypes.ResultSlots(results)}];");
            Line($"APART; {values[0].Text} = {expression};");
            for (int n = 1; n < results.Length; n++)
                Line($"{values[n].Text} = SLOT_{CTypes.Slot(results[n])}(results + {CTypes.ResultSlots(results[..n])});");
            Line("}");
            foreach (Value value in values) Push(value);
        }
    }

    /// <summary>Rare instructions, which the runtime executes. Operands and result go through slots.</summary>
    private void Misc(Opcode op)
    {
        // An app heap may add pages.
        if (op == Opcode.MemorySize && _facts.FixedBytes != 0 && _facts.Options.HeapBytes == 0)
        {
            Push(Constant(ValType.I32, _facts.Module->Info->Memory.Min));
            return;
        }
        Value[] operands = Pop(MiscOperands(op));
        CloseWindow();
        Value? result = op is Opcode.MemorySize or Opcode.MemoryGrow or Opcode.TableGrow or Opcode.TableSize or Opcode.TableGet
            or Opcode.RefFunc
            ? Declared(MiscResult(op)) : null;
        Line("{");
        // Writes them one by one, because compilers turn a list of constants into a table, which some access through its address.
        Line("u32 slots[3];");
        for (int n = 0; n < 3; n++) Line($"slots[{n}] = {(n < operands.Length ? operands[n].Text : "0")};");
        string service = op switch
        {
            Opcode.MemorySize => "XIP_MEMORY_SIZE, 0",
            Opcode.MemoryGrow => "XIP_MEMORY_GROW, 0",
            _ => string.Create(CultureInfo.InvariantCulture, $"XIP_INSTRUCTION + {(int)op}, {CTypes.Word(_i->A | _i->B << 16)}"),
        };
        Line($"APART; service(e, {service}, slots);");
        if (result is Value value)
        {
            Line($"{value.Text} = slots[0];");
            Push(value);
        }
        Line("}");
        if (op == Opcode.MemoryGrow && _scan.UsesMemory) Line("RELOAD();");
    }

    private static int MiscOperands(Opcode op) => op switch
    {
        Opcode.MemoryGrow or Opcode.TableGet => 1,
        Opcode.TableSet or Opcode.TableGrow => 2,
        Opcode.MemoryInit or Opcode.MemoryCopy or Opcode.MemoryFill or Opcode.TableInit or Opcode.TableCopy or Opcode.TableFill => 3,
        _ => 0,
    };

    private ValType MiscResult(Opcode op) => op switch
    {
        Opcode.RefFunc => ValType.FuncRef,
        Opcode.TableGet => _facts.Module->Tables[_i->A].ElemType,
        _ => ValType.I32,
    };
}
