// SPDX-License-Identifier: MIT
// The suite's host module "spectest": functions that print nothing, and a built module with the globals, table and memory.
using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Wamr.Nano.Tests.TestKit.Spec;

internal sealed unsafe class SpecTestHost : IDisposable
{
    private static readonly (string Name, string Signature)[] Functions =
    [
        ("print", "()"), ("print_i32", "(i)"), ("print_i64", "(I)"), ("print_f32", "(f)"), ("print_f64", "(F)"),
        ("print_i32_f32", "(if)"), ("print_f64_f64", "(FF)"),
    ];

    private readonly HostFunc* _rows = (HostFunc*)NativeMemory.AllocZeroed((nuint)Functions.Length, (nuint)sizeof(HostFunc));
    private readonly byte* _moduleName = Text("spectest");

    public SpecTestHost()
    {
        for (int i = 0; i < Functions.Length; i++)
        {
            _rows[i].Name = Text(Functions[i].Name);
            _rows[i].Signature = Text(Functions[i].Signature);
            _rows[i].Function = &DoNothing;
        }
    }

    public WasmError Register(Core.Run.Runtime* runtime) => HostFuncs.Register(runtime, _moduleName, _rows, (uint)Functions.Length);

    /// <summary>The module that exports what is no function.</summary>
    public static byte[] Module()
    {
        ModuleBuilder m = new();
        m.Table(10, 20, export: "table");
        m.Memory(1, 2, export: "memory");
        m.Global('i', new Code().I32(666), export: "global_i32");
        m.Global('I', new Code().I64(666), export: "global_i64");
        m.Global('f', new Code().F32(666.6f), export: "global_f32");
        m.Global('F', new Code().F64(666.6), export: "global_f64");
        return m.Build();
    }

    public void Dispose()
    {
        for (int i = 0; i < Functions.Length; i++)
        {
            NativeMemory.Free(_rows[i].Name);
            NativeMemory.Free(_rows[i].Signature);
        }
        NativeMemory.Free(_rows);
        NativeMemory.Free(_moduleName);
    }

    private static WasmError DoNothing(ExecEnv* env, void* slots, void* data) => WasmError.None;

    private static byte* Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text + "\0");
        byte* copy = (byte*)NativeMemory.Alloc((nuint)utf8.Length);
        utf8.CopyTo(new Span<byte>(copy, utf8.Length));
        return copy;
    }
}
