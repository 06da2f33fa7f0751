// SPDX-License-Identifier: MIT
// The modules and instances of one test script, all in one pool.
using System;

namespace Wamr.Nano.Boards;

/// <summary>A module of the script; <see cref="Instance"/> is null if that failed.</summary>
internal unsafe struct SpecModule
{
    internal SpecModule* Next;
    internal uint Number;
    internal byte* Bytes;
    internal uint Size;
    internal Module* Loaded;
    internal Instance* Instance;
}

/// <summary>The name by which imports find an instance. The name itself follows the struct.</summary>
internal unsafe struct SpecName
{
    internal SpecName* Next;
    internal Instance* Instance;
    internal uint Length;
}

internal unsafe struct SpecState
{
    internal ByteStream In;
    internal ByteStream Out;
    internal MemoryRegion Pool;
    internal Runtime* Runtime;
    internal SpecModule* Modules;
    internal SpecName* Names;
    internal uint Count;
    internal uint UsedAtStart;
    internal BoardState Board;

    /// <summary>The fuel with which a call runs before it stops, and is resumed with as much again; 0 for no limit.</summary>
    internal uint Fuel;

    /// <summary>Whether modules are first loaded and instantiated with each allocation failing in turn.</summary>
    internal bool IsScarce;

    /// <summary>
    /// How often a call was resumed, and how often an allocation failed; and the failures that were not reported or left something behind.
    /// </summary>
    internal uint Resumed;
    internal uint Denied;
    internal uint Unclean;
}

internal static unsafe class SpecScript
{
    private static ReadOnlySpan<byte> SpecTest => "spectest\0"u8;

    /// <summary>A runtime in the empty pool, with the functions of module spectest.</summary>
    internal static bool Open(SpecState* s)
    {
        MemoryRegion pool = s->Pool;
        s->Runtime = Boot.Start(&pool, 1, &s->Board);
        s->Modules = null;
        s->Names = null;
        s->Count = 0;
        if (s->Runtime == null) return false;
        // The suite counts pages, so no memory may be made smaller than them.
        s->Runtime->Load.WholePages = 1;
        if (RegisterPrint(s) != WasmError.None) return false;
        s->UsedAtStart = Used(s);
        return true;
    }

    /// <summary>
    /// Frees everything. <see cref="WasmError.HeapCorrupted"/> of a damaged pool, <see cref="WasmError.OutOfMemory"/> where something
    /// leaked.
    /// </summary>
    internal static WasmError Close(SpecState* s)
    {
        if (s->Runtime == null) return WasmError.None;
        Allocator* pool = &s->Runtime->Allocator;
        for (SpecModule* m = s->Modules; m != null; m = m->Next)
            if (m->Instance != null) Instances.Free(m->Instance);
        for (SpecModule* m = s->Modules, next; m != null; m = next)
        {
            next = m->Next;
            Modules.Unload(m->Loaded);
            Allocator.Free(pool, m->Bytes);
            Allocator.Free(pool, m);
        }
        for (SpecName* name = s->Names, next; name != null; name = next)
        {
            next = name->Next;
            Allocator.Free(pool, name);
        }
        WasmError error = Allocator.Check(pool);
        if (error == WasmError.None && Used(s) != s->UsedAtStart) error = WasmError.OutOfMemory;
        BoardMemory.Close(s->Runtime);
        s->Runtime = null;
        return error;
    }

    /// <summary>Takes the bytes of a module, a binary or an image, from the script and loads them.</summary>
    internal static WasmError Load(SpecState* s)
    {
        uint size = ByteStream.Word(&s->In);
        Allocator* pool = &s->Runtime->Allocator;
        SpecModule* m = (SpecModule*)Allocator.AllocZeroed(pool, (uint)sizeof(SpecModule), MemoryCategory.Runtime);
        byte* bytes = m == null ? null : (byte*)Allocator.Alloc(pool, size, MemoryCategory.Runtime);
        s->Count++;
        if (bytes == null)
        {
            Allocator.Free(pool, m);
            ByteStream.Skip(&s->In, size);
            return WasmError.OutOfMemory;
        }
        ByteStream.Bytes(&s->In, bytes, size);
        m->Number = s->Count;
        m->Bytes = bytes;
        m->Size = size;
        WasmError error = SpecShortage.Run(s, m, &LoadOnce);
        if (error != WasmError.None)
        {
            Allocator.Free(pool, bytes);
            Allocator.Free(pool, m);
            return error;
        }
        m->Next = s->Modules;
        s->Modules = m;
        return error;
    }

    internal static WasmError Instantiate(SpecState* s, uint number)
    {
        SpecModule* m = Find(s, number);
        if (m == null) return WasmError.BadArgument;
        return SpecShortage.Run(s, m, &InstantiateOnce);
    }

    private static WasmError LoadOnce(SpecState* s, SpecModule* m) => Profile.Load(s->Runtime, m->Bytes, m->Size, &m->Loaded);

    private static WasmError InstantiateOnce(SpecState* s, SpecModule* m)
    {
        InstantiateArgs args = default;
        args.StackBytes = RunPlan.Get()->StackBytes;
        args.Resolver = &Resolve;
        args.ResolverContext = s;
        return Instances.Create(m->Loaded, &args, &m->Instance);
    }

    /// <summary>The module of a number; null if it was not loaded.</summary>
    internal static SpecModule* Find(SpecState* s, uint number)
    {
        SpecModule* m = s->Modules;
        while (m != null && m->Number != number) m = m->Next;
        return m;
    }

    /// <summary>Registers an instance under a name from the script, for imports.</summary>
    internal static void Register(SpecState* s, SpecModule* m)
    {
        uint length = ByteStream.Word(&s->In);
        SpecName* name = (SpecName*)Allocator.Alloc(&s->Runtime->Allocator, (uint)sizeof(SpecName) + length, MemoryCategory.Runtime);
        if (name == null)
        {
            ByteStream.Skip(&s->In, length);
            return;
        }
        name->Instance = m == null ? null : m->Instance;
        name->Length = length;
        ByteStream.Bytes(&s->In, (byte*)(name + 1), length);
        name->Next = s->Names;
        s->Names = name;
    }

    /// <summary>Bytes of the pool in use.</summary>
    internal static uint Used(SpecState* s)
    {
        MemoryStatistics statistics;
        Allocator.Statistics(&s->Runtime->Allocator, &statistics);
        return statistics.Used;
    }

    private static WasmError Resolve(void* context, ImportRequest* request, Extern* answer)
    {
        for (SpecName* name = ((SpecState*)context)->Names; name != null; name = name->Next)
        {
            if (name->Instance == null || name->Length != request->ModuleLength
                || !Raw.Equal((byte*)(name + 1), request->ModuleName, name->Length))
                continue;
            WasmError error = Instances.Export(name->Instance, request->Name, request->NameLength, answer);
            return error == WasmError.UnknownExport ? WasmError.UnknownImport : error;
        }
        return WasmError.UnknownImport;
    }

    /// <summary>Offers the functions print, print_i32 ... of spectest, which do nothing.</summary>
    private static WasmError RegisterPrint(SpecState* s)
    {
        const uint count = 7;
        uint size = count * (uint)sizeof(HostFunc);
        HostFunc* rows = (HostFunc*)Allocator.AllocZeroed(&s->Runtime->Allocator, size, MemoryCategory.Runtime);
        if (rows == null) return WasmError.OutOfMemory;
        Row(rows, "print\0"u8, "()\0"u8);
        Row(rows + 1, "print_i32\0"u8, "(i)\0"u8);
        Row(rows + 2, "print_i64\0"u8, "(I)\0"u8);
        Row(rows + 3, "print_f32\0"u8, "(f)\0"u8);
        Row(rows + 4, "print_f64\0"u8, "(F)\0"u8);
        Row(rows + 5, "print_i32_f32\0"u8, "(if)\0"u8);
        Row(rows + 6, "print_f64_f64\0"u8, "(FF)\0"u8);
        // Constant data does not move: the pointers outlive the fixed block.
        fixed (byte* module = SpecTest) return HostFuncs.Register(s->Runtime, module, rows, count);
    }

    private static void Row(HostFunc* row, ReadOnlySpan<byte> name, ReadOnlySpan<byte> signature)
    {
        fixed (byte* n = name, letters = signature)
        {
            row->Name = n;
            row->Signature = letters;
        }
        row->Function = &Print;
    }

    private static WasmError Print(ExecEnv* env, void* slots, void* number) => WasmError.None;
}
