// SPDX-License-Identifier: MIT
// Makes the reference map, which tells the checker of a bytecode image where references are at the targets of branches. Applies the
// checker's own rules until nothing changes any more; then leaves out what the checker does not need.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace Wamr.Nano.Xip.Image;

/// <summary>The map of one function in register code.</summary>
internal sealed unsafe class ReferenceMap(Module* module, uint function)
{
    private readonly Runtime* _runtime = LoadedModule.Of(module)->Runtime;
    private readonly uint _start = module->Functions[function].Code;
    private readonly uint _units =
        (function + 1u < module->FunctionCount ? module->Functions[function + 1].Code : module->CodeSize / sizeof(ushort))
        - module->Functions[function].Code;

    /// <summary>The map of a whole module, which is usually empty.</summary>
    internal static List<ReferenceEntry> Of(Module* module)
    {
        List<ReferenceEntry> all = [];
        for (uint n = module->ImportedFunctions; n < module->FunctionCount; n++) all.AddRange(new ReferenceMap(module, n).Entries());
        return all;
    }

    private List<ReferenceEntry> Entries()
    {
        if (Passes([])) return [];
        SortedDictionary<uint, uint[]> targets = Infer();
        HashSet<uint> slots =
            [.. targets.Values.SelectMany(types => Enumerable.Range(0, types.Length * 16).Where(slot => TypeOf(types, slot) != 0))
                .Select(slot => (uint)slot)];
        if (!Passes(Write(targets, slots)))
            throw new CompileException($"the bytecode of function {function} does not pass the check that the device makes");
        foreach (uint slot in slots.ToArray())
        {
            slots.Remove(slot);
            if (!Passes(Write(targets, slots))) slots.Add(slot);
        }
        return Write(targets, slots);
    }

    private static byte TypeOf(uint[] types, int slot) => (byte)(types[slot / 16] >> slot % 16 * 2 & 3);

    private List<ReferenceEntry> Write(SortedDictionary<uint, uint[]> targets, HashSet<uint> slots)
    {
        List<ReferenceEntry> entries = [None(0)];
        foreach ((uint position, uint[] types) in targets)
        {
            int before = entries.Count;
            foreach (uint slot in slots.Order())
                if (TypeOf(types, (int)slot) is byte type and not 0)
                    entries.Add(new() { Position = _start + position, Slot = (ushort)slot, Type = type });
            if (entries.Count == before) entries.Add(None(position));
        }
        return entries;
    }

    private ReferenceEntry None(uint position) => new() { Position = _start + position, Slot = ReferenceEntry.NoSlot };

    /// <summary>Whether the checker accepts the function with this map.</summary>
    private bool Passes(List<ReferenceEntry> map)
    {
        Checking checking = default;
        Begin(&checking);
        fixed (ReferenceEntry* first = CollectionsMarshal.AsSpan(map))
        {
            Demand(BytecodeReferences.Open(&checking, _start, first, first, first + map.Count));
            bool passes = BytecodeCheck.Instructions(&checking) && checking.Slots.Next == first + map.Count;
            BytecodeCheck.End(&checking);
            return passes;
        }
    }

    private void Begin(Checking* c) => Demand(BytecodeCheck.Begin(c, &_runtime->Allocator, module, function, _units));

    private void Demand(WasmError error)
    {
        if (error != WasmError.None) throw new WasmException(error, _runtime->Error);
    }

    /// <summary>The types of the slots at each target of a branch, as far as they are known on every way there.</summary>
    private SortedDictionary<uint, uint[]> Infer()
    {
        SortedDictionary<uint, uint[]> targets = [];
        Inference inference = default;
        Begin(&inference.Checking);
        Demand(BytecodeReferences.Follow(&inference.Checking));
        GCHandle handle = GCHandle.Alloc(targets);
        inference.Targets = GCHandle.ToIntPtr(handle);
        inference.Checking.Slots.Meets = &Note;
        do inference.Changed = false;
        while (Walk(&inference, targets) && inference.Changed);
        handle.Free();
        BytecodeCheck.End(&inference.Checking);
        return targets;
    }

    /// <summary>One walk through the instructions that are known to be reachable; false for code that will not pass the check.</summary>
    private static bool Walk(Inference* i, SortedDictionary<uint, uint[]> targets)
    {
        Checking* c = &i->Checking;
        BytecodeReferences.Enter(c);
        bool reached = true;
        for (c->Position = c->First; BytecodeCheck.IsStart(c, c->Position);)
        {
            ushort* at = c->Code + c->Position;
            if (targets.TryGetValue(c->Position, out uint[]? known))
            {
                if (reached) Note(c, c->Position);
                known.CopyTo(new Span<uint>(c->Slots.Words, known.Length));
                reached = true;
            }
            RegOp op = (RegOp)(byte)*at;
            byte shape = RegOpTable.ShapeOf(op);
            if (reached && !BytecodeInstr.Check(c, op, shape, at)) return false;
            reached = reached && BytecodeInstr.Falls(shape);
            c->Position += RegOpTable.UnitsAt(at);
        }
        return true;
    }

    /// <summary>Notes that execution may reach a position with the current contents of slots.</summary>
    private static bool Note(Checking* c, uint position)
    {
        Inference* i = (Inference*)c;
        SortedDictionary<uint, uint[]> targets = (SortedDictionary<uint, uint[]>)GCHandle.FromIntPtr(i->Targets).Target!;
        if (!targets.TryGetValue(position, out uint[]? known))
        {
            targets[position] = known = new uint[c->Slots.WordCount];
            Array.Fill(known, uint.MaxValue);
            i->Changed = true;
        }
        for (int n = 0; n < known.Length; n++)
        {
            uint both = known[n] & c->Slots.Words[n];
            i->Changed |= both != known[n];
            known[n] = both;
        }
        return true;
    }

    /// <summary>The checker's state comes first, so that a pointer to it also leads to the rest.</summary>
    private struct Inference
    {
        internal Checking Checking;
        internal nint Targets;
        internal bool Changed;
    }
}
