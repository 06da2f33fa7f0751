// SPDX-License-Identifier: MIT
// The interpreter, on modules as they are or on what a subclass makes of them. After each case the pool is as before.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Differential;

internal unsafe class CoreContender : IContender
{
    private const uint PoolBytes = 32 << 20, StackBytes = 4 << 20;

    private readonly Pool _pool = new(PoolBytes);

    public CoreContender()
    {
        Runtimes.Init(_pool.Runtime, null, Features.All);
        _pool.Runtime->Load.WholePages = 1;
    }

    public virtual string Name => "interpreter";

    protected Core.Run.Runtime* Rt => _pool.Runtime;

    public IReadOnlyList<Trace> Run(IReadOnlyList<Case> cases) => [.. cases.Select(Run)];

    /// <summary>What is instantiated in place of a binary that was loaded; null: itself.</summary>
    protected virtual CoreWorld.Maker? Maker => null;

    /// <summary>The world of a case is gone.</summary>
    protected virtual void Done()
    {
    }

    private Trace Run(Case @case)
    {
        Trace trace = new();
        uint used = _pool.Statistics.Used;
        using (CoreWorld world = new(Rt, trace))
        {
            if (@case.Modules.All(module => world.Add(module, @case.Modules.Count > 1, Maker))) Play(@case, world, trace);
        }
        Done();
        Assert.Equal((used, 0u, 0u), (_pool.Statistics.Used, _pool.Statistics.Instance.Used, _pool.Statistics.ExecEnv.Used));
        return trace;
    }

    /// <summary>Calls, then the state of all instances.</summary>
    protected virtual void Play(Case @case, CoreWorld world, Trace trace)
    {
        Instance* instance = world.InstanceOf(world.Count - 1);
        ExecEnv* env;
        Assert.Equal(WasmError.None, ExecEnvs.Create(instance, StackBytes, &env));
        bool whole = true;
        foreach (Call call in @case.Calls)
            if (!(whole = Invoke(env, call, trace))) break;
        Assert.Equal(WasmError.None, ExecEnvs.Free(env));
        for (int n = 0; whole && n < world.Count; n++) Record(world.ModuleOf(n), world.InstanceOf(n), trace);
    }

    private static bool Invoke(ExecEnv* env, Call call, Trace trace)
    {
        uint* slots = stackalloc uint[Math.Max(Letters.Slots(call.Parameters), Letters.Slots(call.Results)) + 1];
        Letters.Write(slots, call.Parameters, call.Arguments);
        WasmError error = Calls.Function(env, Guest.IndexOf(env, call.Export), slots);
        if (error != WasmError.None) return trace.Trapped(call.Export, error);
        trace.Returned(call, Letters.Read(slots, call.Results));
        return true;
    }

    private static void Record(Core.Wasm.Module* module, Instance* instance, Trace trace)
    {
        foreach (CoreExport export in CoreExport.Of(module))
            switch (export.Kind)
            {
                case ExternKind.Memory: trace.Memory(export.Name, new(instance->Memory->Data, (int)instance->Memory->Size)); break;
                case ExternKind.Global: trace.Global(export.Name, export.Type[0], Globals.Load(instance, export.Index)); break;
                case ExternKind.Table:
                    TableInst* table = instance->Tables[export.Index];
                    trace.Table(export.Name,
                        [.. new ReadOnlySpan<uint>(table->Elements, (int)table->Size).ToArray().Select(element => element == 0)]);
                    break;
            }
    }

    public virtual void Dispose()
    {
        Runtimes.Destroy(Rt);
        _pool.Dispose();
    }
}

/// <param name="Name">As bytes of UTF-8 say it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Index">In the index space of its kind.</param>
/// <param name="Type">Of a function or a global, by letters; else empty.</param>
internal sealed unsafe record CoreExport(string Name, ExternKind Kind, uint Index, string Type)
{
    /// <summary>In the order of the export section.</summary>
    public static List<CoreExport> Of(Core.Wasm.Module* module)
    {
        List<CoreExport> all = [];
        Export export;
        for (bool more = Exports.First(module, &export); more; more = Exports.Next(module, &export))
        {
            string type = export.Kind switch
            {
                ExternKind.Func => Letters.Of(&module->Types[module->Functions[export.Index].TypeIndex]),
                ExternKind.Global => $"{Letters.Of(module->Globals[export.Index].Type)}",
                _ => "",
            };
            all.Add(new(Encoding.UTF8.GetString(export.Name, (int)export.NameLength), export.Kind, export.Index, type));
        }
        return all;
    }
}
