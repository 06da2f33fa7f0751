// SPDX-License-Identifier: MIT
// C API: making and ending a runtime, its memory, its errors. The generated header (c/wamr_nano.h) has the comments of these methods.
#pragma warning disable CS0649 // C fills the structures in.
using System.Runtime.InteropServices;

namespace Wamr.Nano.Embedding;

/// <summary>A piece of RAM for the pool.</summary>
internal unsafe struct MemoryRegion
{
    /// <summary>Its address, with any alignment. It belongs to the runtime until <see cref="RuntimeApi.Destroy"/>.</summary>
    internal byte* Start;

    internal uint Bytes;
}

/// <summary>The options of a runtime. Set the memory; zeros stand for the defaults of everything else.</summary>
internal unsafe struct RuntimeOptions
{
    /// <summary>
    /// The pool: <see cref="RegionCount"/> pieces of RAM, asked in this order. The array is copied, the RAM is not. Null if memory comes
    /// from <see cref="Allocator"/>.
    /// </summary>
    [CType("const wamr_nano_region *")]
    internal MemoryRegion* Regions;

    internal uint RegionCount;

    /// <summary>
    /// Your own heap, or a lock for the pool; null for neither. If its allocate function is set, all memory comes from there, and no
    /// region is used.
    /// </summary>
    [CType("const wamr_nano_allocator *")]
    internal MemoryHooks* Allocator;

    /// <summary>Console, clock, random numbers, the limit of the native stack; copied. Null: there is none of them.</summary>
    [CType("const wamr_nano_platform *")]
    internal PlatformHooks* Platform;

    /// <summary>
    /// 1: puts guard bytes around each block. <see cref="RuntimeApi.CheckMemory"/> (of a pool) and each free look at them.
    /// </summary>
    internal byte RedZones;

    /// <summary>
    /// 1: memories keep the whole pages they declare. 0: a memory that the app neither grows nor measures ends at its <c>__heap_base</c>.
    /// </summary>
    internal byte WholePages;

    /// <summary>1: does not check that the stack pointer of apps in C, C++ or Rust stays in their stack.</summary>
    internal byte NoCStackCheck;
}

internal static unsafe class RuntimeApi
{
    private const uint Alignment = 8;

    /// <summary>
    /// Creates a runtime, at the start of the first region or in a block of your heap. A program can have several runtimes. Only one thread
    /// at a time may use a runtime, except that any thread may call <see cref="ExecEnvApi.Terminate"/>.
    /// </summary>
    /// <param name="options">May be gone afterwards; only its allocator must stay.</param>
    /// <param name="runtime">Null on failure.</param>
    /// <returns>
    /// POOL_TOO_SMALL; OUT_OF_MEMORY if your heap has no block that is 8-aligned; BAD_ARGUMENT if you set no memory, a region at null, or a
    /// heap without its release function.
    /// </returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_runtime_create")]
    private static WasmError Create([CType("const wamr_nano_runtime_options *")] RuntimeOptions* options, Runtime** runtime)
    {
        *runtime = null;
        MemoryHooks* hooks = options->Allocator;
        bool ownHeap = hooks != null && hooks->Allocate != null;
        if (ownHeap ? hooks->Release == null : !HasRegions(options)) return WasmError.BadArgument;
        Runtime* rt;
        WasmError error = ownHeap ? InHeap(options, &rt) : InPool(options, &rt);
        if (error != WasmError.None) return error;
        Runtimes.Init(rt, options->Platform, Features.All);
        rt->Load.WholePages = options->WholePages;
        if (options->NoCStackCheck != 0) rt->Load.StackPointer = LoadRules.UncheckedStack;
        Boards.Profile.Start(rt);
        *runtime = rt;
        return WasmError.None;
    }

    /// <summary>
    /// Frees all instances and environments of a runtime. Afterwards, nothing of the runtime may be used, and the regions are yours
    /// again. If memory comes from your heap, free instances, modules and blocks before: modules and blocks that are left stay allocated
    /// there. Null is allowed.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_runtime_destroy")]
    private static void Destroy(Runtime* runtime)
    {
        if (runtime == null) return;
        MemoryHooks* hooks = runtime->Allocator.Hooks;
        bool ownHeap = !runtime->Allocator.IsPool;
        Runtimes.Destroy(runtime);
        if (ownHeap) hooks->Release(hooks->Data, runtime);
    }

    /// <summary>Adds a region to the pool of a runtime. No block spans two regions.</summary>
    /// <returns>POOL_TOO_SMALL; BAD_ARGUMENT at null, or if memory comes from your heap.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_runtime_add_region")]
    private static WasmError AddRegion(Runtime* runtime, void* start, uint bytes) =>
        start == null ? WasmError.BadArgument : Allocator.AddRegion(&runtime->Allocator, start, bytes);

    /// <summary>Gets how much memory is used, by which category, and the most that ever was used.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_runtime_statistics")]
    private static void Statistics(Runtime* runtime, MemoryStatistics* statistics) => Allocator.Statistics(&runtime->Allocator, statistics);

    /// <summary>Checks the whole pool for damage.</summary>
    /// <returns>
    /// HEAP_CORRUPTED if a block or a guard byte was overwritten. In your own heap, it knows only the damage that a free or a reallocation
    /// has found.
    /// </returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_runtime_check_memory")]
    private static WasmError CheckMemory(Runtime* runtime) => Allocator.Check(&runtime->Allocator);

    /// <summary>
    /// Details of the last failure of loading, instantiating, allocating or calling: offset in the module, index, sizes. A trap in a call
    /// leaves it alone. Look at it before the next call of the API, and only if its code is the error you got.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_runtime_error")]
    [return: CType("const wamr_nano_error_info *")]
    private static ErrorInfo* Error(Runtime* runtime) => &runtime->Error;

    /// <summary>
    /// Sets a function that is called at least every 1,024 units of fuel, and while an app sleeps or prints. It may call
    /// <see cref="ExecEnvApi.Terminate"/>, and must not run an app. Null: none.
    /// </summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_runtime_set_watch")]
    private static void SetWatch(Runtime* runtime, delegate*<ExecEnv*, void> watch) => runtime->Watch = watch;

    /// <summary>The exit code of the last program that exited: for a call that ended with PROC_EXIT.</summary>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_runtime_exit_code")]
    private static uint ExitCode(Runtime* runtime) => runtime->ExitCode;

    /// <summary>Allocates a block of the runtime's memory for the host, 8-aligned, with undefined contents.</summary>
    /// <returns>Null if there is no room; <see cref="RuntimeApi.Error"/> has the figures.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_allocate")]
    private static void* Allocate(Runtime* runtime, uint bytes) => Allocator.Alloc(&runtime->Allocator, bytes, MemoryCategory.Runtime);

    /// <summary>Like <see cref="RuntimeApi.Allocate"/>, at a multiple of a power of two.</summary>
    /// <returns>Null if there is no room, or if the alignment is not a power of two.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_allocate_aligned")]
    private static void* AllocateAligned(Runtime* runtime, uint bytes, uint alignment) =>
        Allocator.AllocAligned(&runtime->Allocator, bytes, alignment, MemoryCategory.Runtime);

    /// <summary>Makes a block larger or smaller; it may move, and is 8-aligned then. With null, it allocates one.</summary>
    /// <returns>Null if there is no room, or if the pointer is not that of a block; then the block is unchanged.</returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_reallocate")]
    private static void* Reallocate(Runtime* runtime, void* block, uint bytes) =>
        block == null
            ? Allocator.Alloc(&runtime->Allocator, bytes, MemoryCategory.Runtime)
            : Allocator.Realloc(&runtime->Allocator, block, bytes);

    /// <summary>Frees a block; null is allowed.</summary>
    /// <returns>
    /// HEAP_CORRUPTED; DOUBLE_FREE, FOREIGN_POINTER or BAD_ALIGNMENT if the pointer is not that of a block. In your own heap,
    /// a wrong pointer may go unnoticed.
    /// </returns>
    [UnmanagedCallersOnly(EntryPoint = "wamr_nano_free")]
    private static WasmError Free(Runtime* runtime, void* block) => Allocator.Free(&runtime->Allocator, block);

    private static bool HasRegions(RuntimeOptions* options)
    {
        if (options->Regions == null) return false;
        for (uint n = 0; n < options->RegionCount; n++)
            if (options->Regions[n].Start == null) return false;
        return options->RegionCount != 0;
    }

    private static uint HeaderBytes => ((uint)sizeof(Runtime) + Alignment - 1) & ~(Alignment - 1);

    private static WasmError InPool(RuntimeOptions* options, Runtime** runtime)
    {
        MemoryRegion* first = options->Regions;
        uint before = ((0 - (uint)(nuint)first->Start) & (Alignment - 1)) + HeaderBytes;
        if (first->Bytes < before) return WasmError.PoolTooSmall;
        byte* pool = first->Start + before;
        Runtime* rt = (Runtime*)(pool - HeaderBytes);
        bool redZones = options->RedZones != 0;
        WasmError error = Allocator.InitPool(&rt->Allocator, pool, first->Bytes - before, options->Allocator, redZones, &rt->Error);
        for (uint n = 1; n < options->RegionCount && error == WasmError.None; n++)
            error = Allocator.AddRegion(&rt->Allocator, first[n].Start, first[n].Bytes);
        *runtime = rt;
        return error;
    }

    private static WasmError InHeap(RuntimeOptions* options, Runtime** runtime)
    {
        MemoryHooks* hooks = options->Allocator;
        Runtime* rt = (Runtime*)hooks->Allocate(hooks->Data, HeaderBytes);
        if (((nuint)rt & (Alignment - 1)) != 0)
        {
            hooks->Release(hooks->Data, rt);
            rt = null;
        }
        *runtime = rt;
        return rt == null ? WasmError.OutOfMemory : Allocator.InitEmbedder(&rt->Allocator, hooks, options->RedZones != 0, &rt->Error);
    }
}
