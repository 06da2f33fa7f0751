// SPDX-License-Identifier: MIT
// Reports which structures of a runtime take how much memory.
using System;
using System.Collections.Generic;
using System.Linq;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

public sealed unsafe partial class NanoRuntime
{
    /// <summary>Reports what the memory is used for, structure by structure. This call allocates nothing in the pool.</summary>
    /// <example>
    /// <code>
    /// Console.Write(runtime.GetMemoryReport());
    /// </code>
    /// </example>
    public NanoMemoryReport GetMemoryReport()
    {
        Runtime* rt = Pointer;
        IEnumerable<nint> modules = _modules.Select(module => (nint)module.Pointer).Concat(_retired.Select(retired => retired.Module));
        NanoMemoryReport report = new(Statistics, RuntimeReport(rt), [.. modules.Select(module => Report(rt, (LoadedModule*)module))]);
        GC.KeepAlive(this);
        return report;
    }

    private NanoMemoryPart[] RuntimeReport(Runtime* rt)
    {
        RuntimeParts parts = MemoryParts.Of(rt);
        uint own = 0;
        foreach (nint block in _blocks) own += Core.Memory.Allocator.BytesOf(&rt->Allocator, (void*)block);
        return Parts(
            ("structure", _fixedBytes), ("regions", parts.Regions), ("host functions", parts.HostFunctions),
            ("table of instances", parts.InstanceTable), ("blocks of the host", own), ("allocator", parts.Overhead));
    }

    private NanoModuleMemory Report(Runtime* rt, LoadedModule* module)
    {
        ModuleParts parts = MemoryParts.Of(module);
        List<NanoInstanceMemory> instances = [];
        for (uint id = 1; id < rt->InstanceCapacity; id++)
            if (rt->Instances[id] != null && rt->Instances[id]->Loaded == module) instances.Add(Report(rt->Instances[id]));
        return new(
            Parts(
                ("structure", parts.Structure), ("types", parts.Types), ("functions", parts.Functions), ("globals", parts.Globals),
                ("tables", parts.Tables), ("segments", parts.Segments), ("register code", parts.Code), ("allocator", parts.Overhead)),
            instances);
    }

    private NanoInstanceMemory Report(Instance* instance)
    {
        InstanceParts parts = MemoryParts.Of(instance);
        List<NanoExecEnvMemory> envs = [];
        for (ExecEnv* env = instance->Envs; env != null; env = env->Next) envs.Add(Report(env));
        AppHeap* heap = instance->Module->OwnsMemory ? instance->Memory->AppHeap : null;
        return new(
            instance->Id,
            Parts(
                ("structure", parts.Structure), ("imports", parts.Imports), ("globals", parts.Globals), ("tables", parts.Tables),
                ("linear memory", parts.LinearMemory), ("engine", parts.Engine), ("app heap's lists", parts.AppHeap),
                ("allocator", parts.Overhead)),
            parts.Guarded,
            heap == null ? null : new NanoFill(heap->Size, heap->Use.HighWater),
            CStackOf(instance),
            envs);
    }

    private NanoFill? CStackOf(Instance* instance)
    {
        if (!CStackPaint.IsKnown(instance)) return null;
        return new NanoFill(instance->Module->Info->AuxStack.Size, PaintsCStack ? CStackPaint.Used(instance) : null);
    }

    private static NanoExecEnvMemory Report(ExecEnv* env)
    {
        ExecEnvParts parts = MemoryParts.Of(env);
        Profile* profile = env->Profile;
        uint stack = (uint)((byte*)env->StackEnd - (byte*)env->StackBase);
        bool measured = profile != null && profile->NativeLow != 0 && profile->NativeTop >= profile->NativeLow;
        return new(
            Parts(
                ("structure", parts.Structure), ("operand stack", parts.OperandStack), ("call stack of the last trap", parts.Trace),
                ("allocator", parts.Overhead)),
            new(stack, profile == null ? null : profile->StackHighWater),
            measured ? (uint)(profile->NativeTop - profile->NativeLow) : null);
    }

    private static NanoMemoryPart[] Parts(params ReadOnlySpan<(string Name, uint Bytes)> parts)
    {
        List<NanoMemoryPart> some = [];
        foreach ((string name, uint bytes) in parts)
            if (bytes != 0) some.Add(new(name, bytes));
        return [.. some];
    }
}
