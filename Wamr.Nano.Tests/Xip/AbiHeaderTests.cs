// SPDX-License-Identifier: MIT
// The C header of the ABI says where the runtime has its fields: the compiler of the image asserts the same numbers on the other side.
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using Wamr.Nano.Xip.Emit;
using Xunit;

namespace Wamr.Nano.Tests.Xip;

public unsafe class AbiHeaderTests
{
    [Fact]
    public void Fields_lie_where_the_header_says()
    {
        NativeEnv e;
        FuncBinding b;
        HostFunc f;
        TableInst t;
        Same(typeof(NativeEnv), (nint)sizeof(NativeEnv), [
            Of(nameof(NativeEnv.Service), &e.Service, &e), Of(nameof(NativeEnv.Exec), &e.Exec, &e),
            Of(nameof(NativeEnv.Jump0), &e.Jump0, &e),
            Of(nameof(NativeEnv.Imports), &e.Imports, &e), Of(nameof(NativeEnv.Size), &e.Size, &e),
            Of(nameof(NativeEnv.Budget), &e.Budget, &e),
            Of(nameof(NativeEnv.StackLimit), &e.StackLimit, &e)]);
        Same(typeof(FuncBinding), (nint)sizeof(FuncBinding), [
            Of(nameof(FuncBinding.Instance), &b.Instance, &b), Of(nameof(FuncBinding.Host), &b.Host, &b),
                Of(nameof(FuncBinding.FunctionIndex), &b.FunctionIndex, &b)]);
        Same(typeof(HostFunc), (nint)sizeof(HostFunc), [
            Of(nameof(HostFunc.Name), &f.Name, &f), Of(nameof(HostFunc.Function), &f.Function, &f),
                Of(nameof(HostFunc.Form), &f.Form, &f)]);
        Same(typeof(TableInst), (nint)sizeof(TableInst),
            [Of(nameof(TableInst.Elements), &t.Elements, &t), Of(nameof(TableInst.Size), &t.Size, &t)]);
    }

    private static (string, uint) Of(string name, void* field, void* start) => (name, (uint)((byte*)field - (byte*)start));

    private static void Same(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)]
        System.Type type,
        nint size,
        (string Name, uint Offset)[] fields)
    {
        var layout = AbiHeader.Layout(type, (uint)sizeof(nuint)).ToDictionary(f => f.Field, f => f.Offset);
        Assert.Equal((uint)size, layout[""]);
        foreach ((string name, uint offset) in fields) Assert.Equal((name, offset), (name, layout[name]));
    }
}
