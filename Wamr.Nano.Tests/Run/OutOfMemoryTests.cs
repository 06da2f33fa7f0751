// SPDX-License-Identifier: MIT
// Loading, instantiating and running real modules with every single allocation failing in turn.
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Wamr.Nano.Tests.TestKit;
using Xunit;

namespace Wamr.Nano.Tests.Run;

public unsafe class OutOfMemoryTests
{
    private const uint PoolBytes = 8 << 20;

    /// <summary>The bench kernels, and the first module of each script of the suite.</summary>
    private static IEnumerable<string> Modules() =>
        Directory.GetFiles(Shared.PathOf("bench"), "*.wasm").Concat(
            Directory.GetDirectories(Shared.PathOf("spec")).Select(folder => Path.Combine(folder, Path.GetFileName(folder) + ".0.wasm")))
            .Where(File.Exists).Order();

    [SharedFact("spec")]
    public void Every_failing_allocation_of_real_modules_is_clean()
    {
        int ran = 0;
        using Pool pool = new(PoolBytes);
        Core.Run.Runtime* rt = pool.Runtime;
        Runtimes.Init(rt, null, Features.All);
        foreach (string path in Modules())
        {
            byte[] bytes = File.ReadAllBytes(path);
            fixed (byte* p = bytes)
            {
                nint at = (nint)p;
                uint size = (uint)bytes.Length;
                if (Run(rt, (byte*)at, size) != WasmError.None) continue;
                FailingAllocations.All(pool, () => Run(rt, (byte*)at, size));
                ran++;
            }
        }
        Assert.True(ran >= 30, $"{ran} modules ran");
    }

    /// <summary>Loads, instantiates and calls each function that takes nothing, for a while.</summary>
    private static WasmError Run(Core.Run.Runtime* rt, byte* bytes, uint size)
    {
        Module* module;
        WasmError error = ModuleLoader.Load(rt, bytes, size, &module);
        if (error != WasmError.None) return error;
        InstantiateArgs args = new() { StackBytes = 4096, HeapBytes = 512, AllowUnlinked = true, FuelLimited = true, Fuel = 1000 };
        Instance* instance;
        error = Instances.Create(module, &args, &instance);
        if (error == WasmError.None)
        {
            error = CallAll(instance);
            Assert.Equal(WasmError.None, Instances.Free(instance));
        }
        Assert.Equal(WasmError.None, Core.Run.Modules.Unload(module));
        return error;
    }

    /// <summary>
    /// Traps are the functions' own affair, and a growth that is refused is their business too: it is recognised by the allocation that
    /// was due to fail.
    /// </summary>
    private static WasmError CallAll(Instance* instance)
    {
        ExecEnv* env;
        WasmError error = ExecEnvs.Create(instance, 0, &env);
        if (error != WasmError.None) return error;
        uint* slots = stackalloc uint[64];
        Allocator* allocator = &instance->Runtime->Allocator;
        bool due = allocator->FailAfter != 0;
        Export export;
        for (bool more = Exports.First(instance->Module, &export); more; more = Exports.Next(instance->Module, &export))
        {
            if (export.Kind != ExternKind.Func) continue;
            FuncType* type = &instance->Module->Types[instance->Module->Functions[export.Index].TypeIndex];
            if (type->ParamSlots != 0 || type->ResultSlots > 64) continue;
            ExecEnvs.SetFuel(env, 1000);
            Calls.Function(env, export.Index, slots);
        }
        Assert.Equal(WasmError.None, ExecEnvs.Free(env));
        // One that fails for ever stays due.
        bool struck = allocator->FailAfter == (allocator->FailForever ? 1u : 0u);
        return due && struck ? WasmError.OutOfMemory : WasmError.None;
    }
}
