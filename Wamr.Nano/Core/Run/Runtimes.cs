// SPDX-License-Identifier: MIT
// Creates and ends a runtime, and numbers its instances (the store of spec chapter 4.2.3).
using System.Runtime.CompilerServices;
using Wamr.Nano.Core.Memory;
using Wamr.Nano.Core.Platform;

namespace Wamr.Nano.Core.Run;

internal static unsafe class Runtimes
{
    /// <summary>The table of instance numbers grows in steps of this many entries.</summary>
    private const uint Step = 2;

    /// <summary>Initialises a runtime whose <see cref="Runtime.Allocator"/> is already initialised. Allocates nothing.</summary>
    /// <param name="rt">Memory of the embedder, which must stay in place.</param>
    /// <param name="platform">The hooks, which are copied; null for a platform without hooks.</param>
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
    /// Frees all instances with their environments, and all registrations. Environments in buffers of the embedder end. The embedder must
    /// unload modules itself, before or after. The allocator remains.
    /// </summary>
    internal static void Destroy(Runtime* rt)
    {
        while (rt->InstanceCapacity != 0) Instances.Destroy(rt->Instances[LastUsed(rt)]);
        while (rt->HostGroups != null) HostFuncs.Remove(rt, &rt->HostGroups);
    }

    /// <summary>Describes a failure without a position in a module in <see cref="Runtime.Error"/>, and returns its code.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)] // these were half a kilobyte of copies
    internal static WasmError Fail(Runtime* rt, WasmError code) => Fail(rt, code, ErrorInfo.Unknown, ErrorInfo.Unknown);

    /// <summary>Like <see cref="Fail(Runtime*, WasmError)"/>, with an offset and an index.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static WasmError Fail(Runtime* rt, WasmError code, uint offset, uint index)
    {
        rt->Error = default;
        rt->Error.Code = code;
        rt->Error.Offset = offset;
        rt->Error.Index = index;
        return code;
    }

    /// <summary>Like <see cref="Fail(Runtime*, WasmError)"/>, for a value beyond a limit.</summary>
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

    /// <summary>Frees the number of <paramref name="instance"/>, and memory that no number needs any more.</summary>
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

    /// <summary>The highest number in use; 0 if there is none.</summary>
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
