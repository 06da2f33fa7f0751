// SPDX-License-Identifier: MIT
// Cases of modules made elsewhere: what they import besides functions is given by a module made for them, what they export is called.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Generated;

namespace Wamr.Nano.Tests.Slow.Differential;

internal static unsafe class ForeignCases
{
    /// <summary>
    /// Each exported function twice, with arguments made of the seed. Of a module that is
    /// refused here nothing is known, so nothing is called.
    /// </summary>
    public static Case Of(string name, byte[] binary, int seed)
    {
        Random random = new(seed);
        List<NamedModule> modules = [];
        List<Call> calls = [];
        Read(binary, module =>
        {
            modules.AddRange(Providers(module, random));
            (string Name, string Type)[] functions =
                [.. CoreExport.Of(module).Where(e => e.Kind == ExternKind.Func).Select(e => (e.Name, e.Type))];
            foreach ((string export, string type) in functions.Concat(functions))
                calls.Add(new(export, type, [.. type.TakeWhile(letter => letter != ':').Select(letter => Argument(random, letter))]));
        });
        return new(name, [.. modules, new("main", binary)], calls);
    }

    /// <summary>What a module exports.</summary>
    public static IReadOnlyList<CoreExport> Exports(byte[] binary)
    {
        List<CoreExport> exports = [];
        Read(binary, module => exports.AddRange(CoreExport.Of(module)));
        return exports;
    }

    private delegate void Reader(Core.Wasm.Module* module);

    private static void Read(byte[] binary, Reader reader)
    {
        using Pool pool = new(16 << 20);
        Runtimes.Init(pool.Runtime, null, Features.All);
        byte* bytes = (byte*)NativeMemory.Alloc((nuint)binary.Length + 1);
        binary.CopyTo(new Span<byte>(bytes, binary.Length));
        Core.Wasm.Module* module;
        if (ModuleLoader.Load(pool.Runtime, bytes, (uint)binary.Length, &module) == WasmError.None)
        {
            reader(module);
            Modules.Unload(module);
        }
        Runtimes.Destroy(pool.Runtime);
        NativeMemory.Free(bytes);
    }

    /// <summary>A module for each module name that something other than a function is imported from.</summary>
    private static List<NamedModule> Providers(Core.Wasm.Module* module, Random random)
    {
        Dictionary<string, ModuleBuilder> builders = [];
        HashSet<(string, string)> given = [];
        Import import;
        for (bool more = Imports.First(module, &import); more; more = Imports.Next(module, &import))
        {
            if (import.Kind == ExternKind.Func) continue;
            string from = Encoding.UTF8.GetString(import.Module, (int)import.ModuleLength),
                field = Encoding.UTF8.GetString(import.Field, (int)import.FieldLength);
            if (!given.Add((from, field))) continue;
            if (!builders.TryGetValue(from, out ModuleBuilder? builder)) builders[from] = builder = new();
            Provide(builder, field, &import, random);
        }
        return [.. builders.Select(item => new NamedModule(item.Key, item.Value.Build()))];
    }

    private static void Provide(ModuleBuilder builder, string name, Import* import, Random random)
    {
        switch (import->Kind)
        {
            case ExternKind.Global:
                char type = Letters.Of(import->GlobalType);
                Code initial = new();
                if (type is 'n' or 'r') initial.Op(Opcode.RefNull).Raw(ModuleBuilder.ValueType(type));
                else BodyGenerator.Constant(random, initial, type);
                builder.Global(type, initial, import->Mutable != 0, name);
                break;
            case ExternKind.Memory:
                builder.Memory(import->Memory.Min, import->Memory.Max == MemoryType.Unlimited ? null : import->Memory.Max,
                    import->Memory.PageShift == 0, name);
                break;
            default:
                builder.Table(import->Table.Min, import->Table.Max == uint.MaxValue ? null : import->Table.Max,
                    Letters.Of(import->Table.ElemType), name);
                break;
        }
    }

    /// <summary>Often a small number, so that it is an address; no NaN; null of references.</summary>
    private static ulong Argument(Random random, char letter) => letter switch
    {
        'i' => (uint)random.NextInt64() >> random.Next(32),
        'I' => (ulong)random.NextInt64() >> random.Next(64),
        'f' => BitConverter.SingleToUInt32Bits((float)Float(random)),
        'F' => BitConverter.DoubleToUInt64Bits(Float(random)),
        _ => 0,
    };

    private static double Float(Random random) => random.Next(6) switch
    {
        0 => random.Next(-3, 4),
        1 => -0d,
        2 => double.PositiveInfinity,
        3 => random.NextInt64(),
        4 => Math.ScaleB(random.NextDouble() - 0.5, random.Next(-160, 160)),
        _ => random.NextDouble() * 100,
    };
}
