// SPDX-License-Identifier: MIT
// A recorded run's allocations as a machine with other pointers would make them: the same blocks in the same order, of its own sizes.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tool.Fit;

/// <summary>
/// Most blocks hold no pointer. Of those that do, the ones that stay are found by their address in the runtime, the ones that are gone by
/// their place in the order of loading. Each is measured for this machine too: where that is not the size it had here, the rule is wrong
/// and says so.
/// </summary>
internal sealed unsafe class Translation
{
    private readonly Layout _layout;
    private readonly uint _stackBytes;
    private readonly AllocationTrace _trace;
    private readonly Dictionary<int, uint> _sizes = [];
    private readonly Dictionary<int, RamPart> _parts = [];
    private readonly HashSet<int> _kept = [];
    private int _controls = -1;

    /// <param name="layout">The other machine.</param>
    /// <param name="stackBytes">Operand stack of an execution environment there.</param>
    /// <param name="run">A run that is over and not disposed.</param>
    /// <param name="trace">What it allocated.</param>
    internal Translation(Layout layout, uint stackBytes, HostRun run, AllocationTrace trace)
    {
        _layout = layout;
        _stackBytes = stackBytes;
        _trace = trace;
        Module* module = run.Module.Pointer;
        Kept(module, run);
        foreach (int block in _parts.Keys) _kept.Add(block);
        Lowering(module, Loading());
        Start(run);
    }

    /// <summary>Those of the module, and of stand-ins only what the runtime notes of all instances.</summary>
    internal IReadOnlyList<Allocation> Allocations =>
        [.. _trace.Allocations.Where(a => a.Phase != Phase.StandIn || _kept.Contains(a.Block))
            .Select(a => a with { Bytes = Size(a), Transient = a.Phase == Phase.Load && !_kept.Contains(a.Block) })];

    /// <summary>What a block belongs to.</summary>
    internal RamPart PartOf(int block) => _parts.GetValueOrDefault(block, RamPart.Passing);

    private uint Size(Allocation a) => a.Kind == AllocationKind.Free ? 0
        : a.Block == _controls ? a.Bytes / Layout.Host.ControlFrame * _layout.ControlFrame
        : _sizes.GetValueOrDefault(a.Block, a.Bytes);

    /// <summary>Blocks that are alive at the end.</summary>
    private void Kept(Module* module, HostRun run)
    {
        Core.Run.Runtime* rt = run.Runtime;
        for (HostGroup* group = rt->HostGroups; group != null; group = group->Next)
        {
            bool bringsItsRow = group->Functions == (HostFunc*)(group + 1);
            Know(group, RamPart.HostFunctions, l => l.HostGroup + (bringsItsRow ? l.HostFunc : 0));
        }
        Know(module, RamPart.Module, l => ModuleBytes(l, run.Module.Pointer));
        Name(module->Code, RamPart.Code);
        Know(rt->Instances, RamPart.Instance, l => run.Runtime->InstanceCapacity * l.PointerBytes);
        Instance* instance = run.Instance.Pointer;
        Know(instance, RamPart.Instance, l => InstanceBytes(l, run.Module.Pointer));
        for (uint i = module->ImportedTables; i < module->TableCount; i++) Name(instance->Tables[i]->Elements, RamPart.Tables);
        if (module->OwnsMemory) OwnMemory(instance->Memory);
        Name(run.Env.Pointer, RamPart.ExecEnv);
        _sizes[_trace.BlockAt(run.Env.Pointer)] = _layout.ExecEnv + _stackBytes;
    }

    private void OwnMemory(MemoryInst* memory)
    {
        Name(memory->Data, RamPart.LinearMemory);
        if (memory->AppHeap == null) return;
        uint bins = Heap.ControlSize(memory->AppHeap->Size) - Layout.Host.Heap;
        Know(memory->AppHeap, RamPart.Instance, l => l.AppHeap + l.Heap + bins);
    }

    private void Name(void* address, RamPart part)
    {
        if (address != null) _parts[_trace.BlockAt(address)] = part;
    }

    private void Know(void* address, RamPart part, Func<Layout, uint> size)
    {
        if (address == null) return;
        Name(address, part);
        Know(_trace.BlockAt(address), size);
    }

    /// <summary>The environment of a start function is gone by now; it is as large as the one that stays.</summary>
    private void Start(HostRun run)
    {
        uint host = _trace.Allocations.Single(a => a.Kind == AllocationKind.Alloc && a.Block == _trace.BlockAt(run.Env.Pointer)).Bytes;
        bool hasStart = run.Module.Pointer->Info->StartFunction != Module.NoIndex;
        foreach (Allocation a in _trace.Allocations.Where(a =>
            hasStart && a is { Phase: Phase.Instantiate, Kind: AllocationKind.Alloc } && a.Bytes == host))
            _sizes[a.Block] = _layout.ExecEnv + _stackBytes;
    }

    /// <summary>What loading holds for itself: first one block for the whole of it, last of all the stack of open blocks.</summary>
    /// <returns>Where in the trace lowering begins.</returns>
    private int Loading()
    {
        Know(0, l => l.Loading);
        int end = 0;
        for (int i = 0; _trace.Allocations[i] is var a && !(a.Kind == AllocationKind.Free && a.Block == 0); i++, end = i)
            if (a.Kind == AllocationKind.Alloc && a.Bytes == FirstFrames * Layout.Host.ControlFrame) _controls = a.Block;
        return end + 1;
    }

    /// <summary>Blocks the validator makes room for at first.</summary>
    private const uint FirstFrames = 8;

    /// <summary>Units of register code from which a function is measured twice.</summary>
    private const uint FarUnits = 0x8000;

    /// <summary>
    /// Two blocks a function: its state, and its labels, operands and locals. First all functions are measured, then written.
    /// </summary>
    private void Lowering(Module* module, int start)
    {
        Queue<Allocation> taken =
            new(_trace.Allocations.Skip(start)
                .Where(a => a is { Phase: Phase.Load, Kind: AllocationKind.Alloc } && !_kept.Contains(a.Block)));
        for (int pass = 0; pass < 2; pass++)
        {
            for (uint i = module->ImportedFunctions; i < module->FunctionCount; i++)
            {
                uint next = i + 1 < module->FunctionCount ? module->Functions[i + 1].Code : module->CodeSize / 2;
                int walks = pass == 0 && next - module->Functions[i].Code >= FarUnits ? 2 : 1;
                for (; walks != 0; walks--) Walk(module, i, taken);
            }
        }
        if (taken.Count != 0) throw new InvalidOperationException($"{taken.Count} blocks of loading have no rule");
    }

    private void Walk(Module* module, uint function, Queue<Allocation> taken)
    {
        Know(taken.Dequeue().Block, l => l.Lowering);
        Allocation block = taken.Dequeue();
        uint depth = Nesting(module, function);
        _sizes[block.Block] = block.Bytes - depth * (Layout.Host.Label - _layout.Label);
    }

    private void Know(int block, Func<Layout, uint> size)
    {
        uint here = _trace.Allocations.Last(a => a.Block == block && a.Kind != AllocationKind.Free).Bytes;
        if (size(Layout.Host) != here)
            throw new InvalidOperationException($"block {block} has {here} bytes, and {size(Layout.Host)} by its rule");
        _sizes[block] = size(_layout);
    }

    private static uint ModuleBytes(Layout l, Module* m) => l.Module + m->TypeCount * l.FuncType + m->FunctionCount * l.Function
        + m->GlobalCount * l.Global + m->TableCount * l.TableType + ((uint)m->DataCount + m->ElemCount) * sizeof(uint);

    private static uint InstanceBytes(Layout l, Module* m) => l.Instance + (m->OwnsMemory ? l.MemoryInst : 0)
        + ((uint)m->TableCount - m->ImportedTables) * l.TableInst + ((uint)m->TableCount + m->ImportedGlobals) * l.PointerBytes
        + m->ImportedFunctions * l.FuncBinding + (m->Info->GlobalSlots + ((uint)m->DataCount + m->ElemCount + 31) / 32) * sizeof(uint);

    /// <summary>Blocks that are open at once, the function itself among them.</summary>
    private static uint Nesting(Module* m, uint function)
    {
        ByteReader r = Read.Over(m->Bytes, m->Bytes + m->Functions[function].Entry, m->Bytes + m->Size);
        Read.U32(&r);
        for (uint runs = Read.U32(&r); runs != 0; runs--)
        {
            Read.U32(&r);
            Read.U8(&r);
        }
        uint depth = 1, most = 1;
        while (depth != 0)
        {
            Instr instruction;
            InstrReader.Next(&r, &instruction, Features.All);
            if (instruction.Op is Opcode.Block or Opcode.Loop or Opcode.If) most = Math.Max(most, ++depth);
            else if (instruction.Op == Opcode.End) depth--;
        }
        return most;
    }
}
