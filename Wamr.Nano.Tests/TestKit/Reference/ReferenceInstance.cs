// SPDX-License-Identifier: MIT
// State of an instance in the reference evaluator: copied from a fresh instance of the engine, then on its own.
using System;
using System.Collections.Generic;

namespace Wamr.Nano.Tests.TestKit.Reference;

/// <summary>Ends the instruction that traps; its activation catches it.</summary>
internal sealed class ReferenceTrap(WasmError error) : Exception
{
    public WasmError Error { get; } = error;
}

/// <summary>Bytes of a memory and what it may grow to; instances that share one share the object.</summary>
internal sealed class ReferenceMemory(byte[] bytes, ulong maxBytes, int pageShift)
{
    public byte[] Bytes { get; set; } = bytes;

    public ulong MaxBytes { get; } = maxBytes;

    public int PageShift { get; } = pageShift;
}

internal sealed class ReferenceCell(ulong value)
{
    public ulong Value { get; set; } = value;
}

/// <summary>A table; elements are references as the engine numbers them.</summary>
internal sealed class ReferenceTable(List<uint> elements, uint max)
{
    public List<uint> Elements { get; } = elements;

    public uint Max { get; } = max;
}

/// <summary>A function: of an instance, or the host's.</summary>
internal sealed class ReferenceFunction(ReferenceInstance owner, uint index, Func<ulong[], ulong[]>? host = null)
{
    public ReferenceInstance Owner { get; } = owner;

    public uint Index { get; } = index;

    public Func<ulong[], ulong[]>? Host { get; } = host;

    /// <summary>By the address of a block, loop or if: that of its else (0 for none) and of its end. Made when first run.</summary>
    public Dictionary<nint, (nint Else, nint End)>? Blocks { get; set; }

    /// <summary>Locals it declares, and its first instruction. Found when first run.</summary>
    public int Locals { get; set; }

    public nint Start { get; set; }
}

internal sealed unsafe class ReferenceInstance
{
    private ReferenceInstance(Instance* engine, Core.Wasm.Module* module)
    {
        Engine = engine;
        Module = module;
    }

    /// <summary>The engine's instance: its state is not read.</summary>
    public Instance* Engine { get; }

    /// <summary>The binary it was made of, whatever the engine runs.</summary>
    public Core.Wasm.Module* Module { get; }

    public ReferenceFunction[] Functions { get; private set; } = [];

    public ReferenceMemory? Memory { get; private set; }

    public ReferenceCell[] Globals { get; private set; } = [];

    public ReferenceTable[] Tables { get; private set; } = [];

    public HashSet<uint> DroppedData { get; } = [];

    public HashSet<uint> DroppedElements { get; } = [];

    /// <summary>
    /// Mirrors an instance of a module, or of what was made of that; what it imports is taken from <paramref name="others"/>, its host
    /// functions from <paramref name="host"/>.
    /// </summary>
    public static ReferenceInstance Of(Instance* engine, Core.Wasm.Module* m,
        IReadOnlyList<ReferenceInstance> others, Func<uint, Func<ulong[], ulong[]>> host)
    {
        ReferenceInstance i = new(engine, m);
        i.Functions = new ReferenceFunction[m->FunctionCount];
        for (uint n = 0; n < m->FunctionCount; n++)
        {
            bool import = n < m->ImportedFunctions;
            Instance* from = import ? engine->Imports[n].Instance : null;
            i.Functions[n] =
                from != null ? Find(others, from)!.Functions[engine->Imports[n].FunctionIndex] : new(i, n, import ? host(n) : null);
        }
        i.Memory = engine->Memory == null ? null : Find(others, engine->Memory->Owner)?.Memory ?? Mirror(engine->Memory);
        i.Globals = new ReferenceCell[m->GlobalCount];
        for (uint n = 0; n < m->GlobalCount; n++) i.Globals[n] = Imported(engine, n, others) ?? new(Core.Run.Globals.Load(engine, n));
        i.Tables = new ReferenceTable[m->TableCount];
        for (uint n = 0; n < m->TableCount; n++)
            i.Tables[n] = Find(others, engine->Tables[n]->Owner)?.Tables[0] ?? Mirror(engine->Tables[n]);
        for (uint n = 0; n < m->DataCount; n++) if (Segments.IsDataDropped(engine, n)) i.DroppedData.Add(n);
        for (uint n = 0; n < m->ElemCount; n++) if (Segments.IsElemDropped(engine, n)) i.DroppedElements.Add(n);
        return i;
    }

    /// <summary>The instance that mirrors <paramref name="engine"/>, or null.</summary>
    public static ReferenceInstance? Find(IReadOnlyList<ReferenceInstance> instances, Instance* engine)
    {
        foreach (ReferenceInstance i in instances)
            if (i.Engine == engine) return i;
        return null;
    }

    private static ReferenceMemory Mirror(MemoryInst* memory) =>
        new(new Span<byte>(memory->Data, (int)memory->Size).ToArray(), (ulong)memory->MaxPages << memory->PageShift, memory->PageShift);

    private static ReferenceTable Mirror(TableInst* table) => new([.. new Span<uint>(table->Elements, (int)table->Size)], table->Max);

    private static ReferenceCell? Imported(Instance* engine, uint index, IReadOnlyList<ReferenceInstance> others)
    {
        if (index >= engine->Module->ImportedGlobals) return null;
        uint* cell = engine->ImportedGlobals[engine->Module->Globals[index].Slot];
        foreach (ReferenceInstance other in others)
            for (uint n = other.Module->ImportedGlobals; n < other.Module->GlobalCount; n++)
                if (Core.Run.Globals.Cell(other.Engine, n) == cell) return other.Globals[n];
        return null;
    }
}
