// SPDX-License-Identifier: MIT
// Maps IL slots to named C variables. Roslyn lets C# variables in separate scopes share a slot; the pdb distinguishes them again.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;

namespace Wamr.Nano.IlToC;

internal sealed class VariableMap
{
    private readonly Dictionary<int, List<(int Start, int End, Variable Variable)>> slots = [];
    /// <summary>Names in use; the first two are those of a dispatch loop's table.</summary>
    private readonly HashSet<string> names = new(StringComparer.Ordinal) { "handlers", "table" };
    private readonly List<Variable> locals = [];
    private int temporaries;

    internal VariableMap(Method method, IReadOnlyList<IlType> types, IEnumerable<LocalScopeName> scopes, IReadOnlyList<Instruction> code)
    {
        Parameters = [.. method.Parameters.Select((t, i) => new Variable(Unique(method.ParameterNames[i]), t, true))];
        var uses = code.Select(i => (Slot: SlotOf(i), i.Offset)).Where(u => u.Slot >= 0).ToLookup(u => u.Slot, u => u.Offset);
        var named = scopes.ToLookup(s => s.Slot);
        for (int slot = 0; slot < types.Count; slot++) slots[slot] = Split(types[slot], [.. named[slot]], [.. uses[slot]], slot);
    }

    internal IReadOnlyList<Variable> Parameters { get; }
    internal IReadOnlyList<Variable> Locals => locals;

    internal Variable Local(int slot, int offset) => slots[slot].First(s => offset >= s.Start && offset < s.End).Variable;

    internal Variable Temporary(IlType type) => Add("t" + temporaries++, type, true);

    internal string Buffer() => Unique("buffer" + temporaries++);

    private List<(int, int, Variable)> Split(IlType type, List<LocalScopeName> scopes, List<int> uses, int slot)
    {
        bool told = scopes.Count > 1 && uses.All(u => scopes.Count(s => u >= s.Start && u < s.End) == 1);
        if (!told) return [(0, int.MaxValue, Add(scopes.Count > 0 ? scopes[0].Name : "v" + slot, type, scopes.Count == 0))];
        var byName = new Dictionary<string, Variable>(StringComparer.Ordinal);
        var parts = new List<(int, int, Variable)>();
        foreach (var scope in scopes)
        {
            if (!byName.TryGetValue(scope.Name, out var variable)) byName[scope.Name] = variable = Add(scope.Name, type, false);
            parts.Add((scope.Start, scope.End, variable));
        }
        return parts;
    }

    private Variable Add(string name, IlType type, bool isTemporary)
    {
        var variable = new Variable(Unique(name), type, false) { IsTemporary = isTemporary };
        locals.Add(variable);
        return variable;
    }

    private string Unique(string name)
    {
        string clean = CNames.Identifier(name), unique = clean;
        for (int n = 2; !names.Add(unique); n++) unique = clean + "_" + n;
        return unique;
    }

    /// <summary>The local slot an instruction names; -1 for none.</summary>
    internal static int SlotOf(Instruction i) => i.Op switch
    {
        >= ILOpCode.Ldloc_0 and <= ILOpCode.Ldloc_3 => i.Op - ILOpCode.Ldloc_0,
        >= ILOpCode.Stloc_0 and <= ILOpCode.Stloc_3 => i.Op - ILOpCode.Stloc_0,
        ILOpCode.Ldloc or ILOpCode.Ldloc_s or ILOpCode.Stloc or ILOpCode.Stloc_s or ILOpCode.Ldloca or ILOpCode.Ldloca_s => (int)i.Operand,
        _ => -1,
    };
}
