// SPDX-License-Identifier: MIT
// Making and ending a runtime, and the numbering of its instances (the store of spec chapter 4.2.3).
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Runtimes
{
    /// <summary>Instance numbers are made room for in steps of this many.</summary>
    private const uint Step = 2;

    /// <summary>Makes a runtime whose <see cref="Runtime.Allocator"/> is already initialised. Takes no memory.</summary>
    /// <param name="rt">The embedder's memory; must stay where it is.</param>
    /// <param name="platform">Copied; null for a platform without any hook.</param>
    /// <param name="features">What modules may use.</param>
    internal static void Init(Runtime* rt, PlatformHooks* platform, Features features)
    {
        rt->Allocator.Error = &rt->Error;
        rt->Platform = platform == null ? default : *platform;
        rt->Load = default;
        rt->Load.Features = features;
        rt->Error = default;
        rt->HostGroups = null;
        rt->Instances = null;
        rt->InstanceCapacity = 0;
        rt->Keep = null;
        rt->Trace = null;
        rt->Watch = null;
        rt->WatchContext = null;
        rt->UserData = null;
        rt->ExitCode = 0;
    }

    /// <summary>
    /// Frees every instance with its environments, and every registration; environments in buffers of the embedder are forgotten.
    /// Modules are the embedder's to unload, now or before; the allocator stays.
    /// </summary>
    internal static void Destroy(Runtime* rt)
    {
        while (rt->InstanceCapacity != 0) Instances.Destroy(rt->Instances[LastUsed(rt)]);
        while (rt->HostGroups != null) HostFuncs.Remove(rt, &rt->HostGroups);
    }

    /// <summary>Describes a failure that has no place in a module in <see cref="Runtime.Error"/> and hands its code back.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // these were half a kilobyte of copies
    internal static WasmError Fail(Runtime* rt, WasmError code) => Fail(rt, code, ErrorInfo.Unknown, ErrorInfo.Unknown);

    /// <summary>As <see cref="Fail(Runtime*, WasmError)"/>, at an offset, of an index.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static WasmError Fail(Runtime* rt, WasmError code, uint offset, uint index)
    {
        rt->Error = default;
        rt->Error.Code = code;
        rt->Error.Offset = offset;
        rt->Error.Index = index;
        return code;
    }

    /// <summary>As <see cref="Fail(Runtime*, WasmError)"/>, for a value beyond a limit.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static WasmError FailValue(Runtime* rt, WasmError code, uint value, uint limit)
    {
        Fail(rt, code);
        rt->Error.Asked = value;
        rt->Error.Free = limit;
        return code;
    }

    /// <summary>Gives <paramref name="instance"/> the lowest free number.</summary>
    /// <returns><see cref="WasmError.TooManyInstances"/>, <see cref="WasmError.OutOfMemory"/>.</returns>
    internal static WasmError AddInstance(Runtime* rt, Instance* instance)
    {
        uint id = 1;
        while (id < rt->InstanceCapacity && rt->Instances[id] != null) id++;
        if (id > Config.MaxInstances) return FailValue(rt, WasmError.TooManyInstances, id, Config.MaxInstances);
        if (id >= rt->InstanceCapacity && !Resize(rt, id + Step)) return rt->Error.Code;
        instance->Id = (ushort)id;
        rt->Instances[id] = instance;
        return WasmError.None;
    }

    /// <summary>Frees the number of <paramref name="instance"/>, and memory no number needs any more.</summary>
    internal static void RemoveInstance(Runtime* rt, Instance* instance)
    {
        rt->Instances[instance->Id] = null;
        uint last = LastUsed(rt);
        if (last == 0)
        {
            Allocator.Free(&rt->Allocator, rt->Instances);
            rt->Instances = null;
            rt->InstanceCapacity = 0;
        }
        else if (last + Step < rt->InstanceCapacity) Resize(rt, last + Step);
    }

    /// <summary>The highest number in use, 0 where none is.</summary>
    private static uint LastUsed(Runtime* rt)
    {
        uint id = rt->InstanceCapacity - 1u;
        while (id != 0 && rt->Instances[id] == null) id--;
        return id;
    }

    private static bool Resize(Runtime* rt, uint capacity)
    {
        uint bytes = capacity * (uint)sizeof(Instance*);
        void* block = rt->Instances == null
            ? Allocator.Alloc(&rt->Allocator, bytes, MemoryCategory.Runtime)
            : Allocator.Realloc(&rt->Allocator, rt->Instances, bytes);
        if (block == null) return false;
        rt->Instances = (Instance**)block;
        for (uint id = rt->InstanceCapacity; id < capacity; id++) rt->Instances[id] = null;
        rt->InstanceCapacity = (ushort)capacity;
        return true;
    }
}
