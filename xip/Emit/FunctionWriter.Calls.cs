// SPDX-License-Identifier: MIT
// Calls (spec chapter 4.4.10), direct and through tables, and instructions the runtime carries out.
using System.Globalization;
using System.Linq;
using Wamr.Nano.Core;

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
        if (!_facts.IsImport(function) && _module.PollsOnEntry(_facts.Functions[(int)(function - _facts.Module->ImportedFunctions)])) Innermost.Counted = true;
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

    /// <summary>The call expression; what finds and checks the function comes before it.</summary>
    private string Indirect(FuncType* type, uint table, Value element, Value[] arguments, string results)
    {
        if (_facts.Tables[(int)table] == null)
            return $"call_{type->Canonical}_{table}({CModule.Arguments(type, arguments.Select(a => a.Text), results, element.Text)})";
        uint size = (uint)_facts.Tables[(int)table]!.Functions.Length;
        if (size == 0 || element.Constant >= size) Line($"goto {TrapLabel(WasmError.UndefinedElement)};");
        else if (element.Constant == null) TrapIf($"{element.Text} >= {CTypes.Word(size)}", WasmError.UndefinedElement);
        uint at = _module.Targets.PlaceOf(table, type->Canonical);
        return $"CODE({CTypes.Pointer(type)}, CODE(const u32 *, {at})[{element.Text}])({CModule.Arguments(type, arguments.Select(a => a.Text), results)})";
    }

    private void ReturnCall(uint function)
    {
        FuncType* type = _facts.TypeOf(function);
        Value[] arguments = Pop(type->ParamCount);
        CloseWindow();
        ReturnResult(type, $"fn{function}({CModule.Arguments(type, arguments.Select(a => a.Text), "r")})");
    }

    private void ReturnCallIndirect(uint typeIndex, uint table)
    {
        FuncType* type = &_facts.Module->Types[typeIndex];
        Value element = Pop();
        Value[] arguments = Pop(type->ParamCount);
        CloseWindow();
        ReturnResult(type, Indirect(type, table, element, arguments, "r"));
    }

    /// <summary>The C compiler makes a jump of a call in this place (-foptimize-sibling-calls).</summary>
    private void ReturnResult(FuncType* type, string call)
    {
        if (type->ResultCount != 0) Line($"return {call};");
        else
        {
            Line($"{call};");
            Line("return;");
        }
        Die();
    }

    /// <summary>A memory may have grown, and so moved, while something else ran.</summary>
    private void AfterCall()
    {
        if (_scan.UsesMemory) Line("RELOAD();");
    }

    /// <summary>Writes a call with its results pushed: the first is the expression's value, the others lie in an array.</summary>
    private void PushResults(FuncType* type, System.Func<string, string> call)
    {
        ValType[] results = CTypes.List(FuncTypes.Results(type), type->ResultCount);
        string array = "";
        if (results.Length > 1)
        {
            array = $"r{_temporaries++}";
            Line($"u32 {array}[{CTypes.ResultSlots(results)}];");
        }
        string expression = call(array);
        if (results.Length == 0)
        {
            Line($"{expression};");
            return;
        }
        Push(Temporary(results[0], expression));
        for (int n = 1; n < results.Length; n++)
            Push(Temporary(results[n], $"SLOT_{CTypes.Slot(results[n])}({array} + {CTypes.ResultSlots(results[..n])})"));
    }

    /// <summary>Instructions that are rare: the runtime knows how. Operands and result go through slots.</summary>
    private void Misc(Opcode op)
    {
        if (op == Opcode.MemorySize && _facts.FixedBytes != 0)
        {
            Push(Constant(ValType.I32, _facts.Module->Info->Memory.Min));
            return;
        }
        Value[] operands = Pop(MiscOperands(op));
        CloseWindow();
        string slots = $"s{_temporaries++}";
        Line($"u32 {slots}[3] = {{ {string.Join(", ", operands.Select(o => o.Text).DefaultIfEmpty("0"))} }};");
        string service = op switch
        {
            Opcode.MemorySize => "XIP_MEMORY_SIZE, 0",
            Opcode.MemoryGrow => "XIP_MEMORY_GROW, 0",
            _ => string.Create(CultureInfo.InvariantCulture, $"XIP_INSTRUCTION + {(int)op}, {CTypes.Word(_i->A | _i->B << 16)}"),
        };
        Line($"service(e, {service}, {slots});");
        if (op == Opcode.MemoryGrow && _scan.UsesMemory) Line("RELOAD();");
        if (op is Opcode.MemorySize or Opcode.MemoryGrow or Opcode.TableGrow or Opcode.TableSize or Opcode.TableGet or Opcode.RefFunc)
            Push(Temporary(MiscResult(op), $"{slots}[0]"));
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
