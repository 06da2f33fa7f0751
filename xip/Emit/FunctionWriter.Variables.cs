// SPDX-License-Identifier: MIT
// Locals, globals, select (spec chapters 4.4.4, 4.4.5).

namespace Wamr.Nano.Xip.Emit;

internal sealed unsafe partial class FunctionWriter
{
    /// <summary>The number of the value of each local.</summary>
    private readonly int[] _localIds;

    private void LocalGet(uint local) => Push(new($"l{local}", _scan.Locals[(int)local], _localIds[local], (int)local));

    private void LocalSet(uint local, Value value)
    {
        for (int n = 0; n < _operands.Count; n++)
            if (_operands[n].Local == (int)local) _operands[n] = Copy(_operands[n]);
        Line($"l{local} = {value.Text};");
        SetLocalId(local, value.Id);
    }

    private void LocalTee(uint local)
    {
        LocalSet(local, Pop());
        LocalGet(local);
    }

    private void SetLocalId(uint local, int id)
    {
        Innermost.Changed.TryAdd(local, _localIds[local]);
        _localIds[local] = id;
    }

    private void GlobalGet(uint index)
    {
        Global* global = &_facts.Module->Globals[index];
        if (_facts.ConstantOf(index) is ulong bits) Push(Constant(global->Type, bits));
        else Push(Temporary(global->Type, $"SLOT_{CTypes.Slot(global->Type)}({Cell(index)})"));
    }

    private void GlobalSet(uint index)
    {
        Global* global = &_facts.Module->Globals[index];
        Value value = Pop();
        if (index == _facts.Module->Info->AuxStack.Global && _facts.Options.CStackChecks) CheckStackPointer(value);
        CloseWindow();
        Line($"SET_{CTypes.Slot(global->Type)}({Cell(index)}, {value.Text});");
    }

    /// <summary>The C stack ends where its data begins, and a pointer below 0 has wrapped around (see <see cref="AuxStack"/>).</summary>
    private void CheckStackPointer(Value value)
    {
        AuxStack* stack = &_facts.Module->Info->AuxStack;
        CloseWindow();
        Line($"if (UNLIKELY({CTypes.Word(stack->Bottom)} - {value.Text} > {CTypes.Word(stack->Size)})) {{");
        Line($"if ((s32)({value.Text} - {CTypes.Word(stack->Bottom)}) > 0) goto {TrapLabel(WasmError.AuxStackUnderflow)};");
        Line($"goto {TrapLabel(WasmError.AuxStackOverflow)};");
        Line("}");
    }

    private string Cell(uint index)
    {
        uint slot = _facts.Module->Globals[index].Slot;
        return index < _facts.Module->ImportedGlobals ? $"IMPORTED({slot})" : $"GLOBAL({slot})";
    }

    private void Select()
    {
        string condition = Pop().Text;
        Value other = Pop(), value = Pop();
        Push(Temporary(value.Type, $"{condition} ? {value.Text} : {other.Text}"));
    }
}
