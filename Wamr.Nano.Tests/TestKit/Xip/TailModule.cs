// SPDX-License-Identifier: MIT
// Modules whose functions call each other last as often as their argument says: what must not grow the stack, on any machine.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tests.TestKit.Xip;

internal static class TailModule
{
    /// <summary>
    /// Adds functions; the first of them, i:i, runs as many turns as its argument says and gives a number that depends on all of them.
    /// </summary>
    private delegate void Case(ModuleBuilder m, uint first);

    private static readonly Dictionary<string, Case> s_cases = new()
    {
        ["itself"] = Itself,
        ["each other"] = EachOther,
        ["constant table"] = (m, first) => OverTable(m, first, 0),
        ["changing table"] = (m, first) => OverTable(m, first, 1),
        ["several results"] = SeveralResults,
        ["doubles"] = Doubles,
        ["no result"] = NoResult,
        ["after an address was taken"] = AfterAddress,
        ["more than registers hold"] = Wide,
        ["more doubles than registers hold"] = WideDoubles,
        ["more through a table"] = (m, first) => WideOverTable(m, first, 0),
        ["more through a changing table"] = (m, first) => WideOverTable(m, first, 1),
    };

    public static IEnumerable<string> Names => s_cases.Keys;

    /// <summary>Those a C compiler can make jumps of, where it makes any.</summary>
    public static IEnumerable<string> Narrow => Names.Where(name => !name.StartsWith("more", StringComparison.Ordinal));

    /// <summary>The others.</summary>
    public static IEnumerable<string> Broad => Names.Except(Narrow);

    /// <summary>A module with an export of the name of each case, and run, which runs all of them.</summary>
    public static byte[] Of(params IEnumerable<string> names)
    {
        ModuleBuilder m = new();
        m.Memory(64, 64, pageOfOneByte: true);
        m.Table(8);
        m.Table(8);
        m.Global('i', new Code().I32(0), mutable: true);
        // That the second table changes.
        m.Function("in:", new Code().Get(0).Get(1).Op(Opcode.TableSet, 1));
        Code run = new();
        foreach (string name in names)
        {
            uint first = m.NextFunction;
            s_cases[name](m, first);
            m.Export(name, 0, first);
            run.Get(1).I32(31).Op(Opcode.I32Mul).Get(0).Call(first).Op(Opcode.I32Add).Set(1);
        }
        m.Function("i:i", run.Get(1), "i", "run");
        return m.Build();
    }

    private static Code Less(this Code code) => code.Get(0).I32(1).Op(Opcode.I32Sub);

    private static void Itself(ModuleBuilder m, uint first)
    {
        m.Function("i:i", new Code().Get(0).I32(5).Call(first + 1));
        m.Function("ii:i", new Code().Get(0).Op(Opcode.I32Eqz).Open(Opcode.If).Get(1).Op(Opcode.Return).End()
            .Less().Get(1).I32(3).Op(Opcode.I32Mul).Get(0).Op(Opcode.I32Add).Op(Opcode.ReturnCall, first + 1));
    }

    /// <summary>Three functions in turn: the last turn decides which of them ends.</summary>
    private static void EachOther(ModuleBuilder m, uint first)
    {
        m.Function("i:i", new Code().Get(0).Call(first + 1));
        for (uint n = 1; n <= 3; n++)
        {
            m.Function("i:i", new Code().Get(0).Op(Opcode.I32Eqz).Open(Opcode.If).I32((int)n * 111).Op(Opcode.Return).End()
                .Less().Op(Opcode.ReturnCall, first + 1 + (n % 3)));
        }
    }

    /// <summary>Elements 1 and 2 call elements 2 and 1, or in the end element 3, which calls none.</summary>
    private static void OverTable(ModuleBuilder m, uint first, uint table)
    {
        uint type = m.Type("ii:i");
        m.Function("i:i", new Code().Get(0).I32(7).Op(Opcode.ReturnCall, first + 1));
        for (int n = 1; n <= 2; n++)
        {
            m.Function("ii:i", new Code().Get(0).Get(0).Open(Opcode.If, 'i').Get(1).I32(n + 1).Op(Opcode.I32Mul).Else().Get(1).End()
                .Get(0).Op(Opcode.I32Eqz).Open(Opcode.If, 'i').I32(3).Else().I32(3 - n).End().Set(2).Set(1)
                .Open(Opcode.If).Less().Get(1).Get(2).Op(Opcode.ReturnCallIndirect, type, table).End()
                .I32(0).Get(1).Get(2).Op(Opcode.ReturnCallIndirect, type, table), "i");
        }
        m.Function("ii:i", new Code().Get(1).I32(1000).Op(Opcode.I32Add));
        m.ElementsOf(table, 1, first + 1, first + 2, first + 3);
    }

    private static void SeveralResults(ModuleBuilder m, uint first)
    {
        m.Function("i:i", new Code().Get(0).I32(1).Call(first + 1).Op(Opcode.I32WrapI64).Op(Opcode.I32Xor));
        // f(n, a) = n == 0 ? (a, 5a) : f(n - 1, 3a + n)
        m.Function("ii:iI", new Code().Get(0).Op(Opcode.I32Eqz).Open(Opcode.If).Get(1).Get(1)
            .Op(Opcode.I64ExtendI32U).I64(5).Op(Opcode.I64Mul).Op(Opcode.Return).End()
            .Less().Get(1).I32(3).Op(Opcode.I32Mul).Get(0).Op(Opcode.I32Add).Op(Opcode.ReturnCall, first + 1));
    }

    private static void Doubles(ModuleBuilder m, uint first)
    {
        m.Function("i:i", new Code().Get(0).Op(Opcode.F64ConvertI32U).F64(0.25).Op(Opcode.F64Add).Call(first + 1).Op(Opcode.I32TruncF64S));
        for (uint n = 1; n <= 3; n++)
        {
            m.Function("F:F", new Code().Get(0).F64(1).Op(Opcode.F64Lt).Open(Opcode.If).Get(0)
                .F64(400 * n).Op(Opcode.F64Mul).Op(Opcode.Return).End()
                .Get(0).F64(1).Op(Opcode.F64Sub).Op(Opcode.ReturnCall, first + 1 + (n % 3)));
        }
    }

    private static void NoResult(ModuleBuilder m, uint first)
    {
        m.Function("i:i", new Code().Get(0).I32(0).Op(Opcode.GlobalSet, 0).Call(first + 1).Op(Opcode.GlobalGet, 0));
        m.Function("i:", new Code().Get(0).Op(Opcode.I32Eqz).Open(Opcode.If).Op(Opcode.Return).End()
            .Op(Opcode.GlobalGet, 0).I32(3).Op(Opcode.I32Add).Op(Opcode.GlobalSet, 0).Less().Op(Opcode.ReturnCall, first + 2));
        m.Function("i:", new Code().Op(Opcode.GlobalGet, 0).I32(1).Op(Opcode.I32Xor)
            .Op(Opcode.GlobalSet, 0).Get(0).Op(Opcode.ReturnCall, first + 1));
    }

    /// <summary>Calls that are given a place on the stack, for results and for operands, before the last one.</summary>
    private static void AfterAddress(ModuleBuilder m, uint first)
    {
        m.Function("i:i", new Code().Get(0).I32(9).Call(first + 1));
        for (uint n = 1; n <= 2; n++)
        {
            m.Function("ii:i", new Code().Get(0).Op(Opcode.I32Eqz).Open(Opcode.If).Get(1).I32(0)
                .Op(Opcode.I32Load8U, 0, 0).Op(Opcode.I32Add).Op(Opcode.Return).End()
                .Get(1).I32(1).Op(Opcode.I32And).Call(first + 3).Op(Opcode.I32WrapI64).Op(Opcode.I32Xor).Get(0).Op(Opcode.I32Add).Set(1)
                .I32(0).Get(1).I32(8).Op(Opcode.MemoryFill, 0).Less().Get(1).Op(Opcode.ReturnCall, first + 3 - n));
        }
        // Two results, of a function that calls itself and so stays one.
        m.Function("i:iI", new Code().Get(0).Op(Opcode.I32Eqz).Open(Opcode.If).I32(3).I64(4).Op(Opcode.Return).End()
            .Less().Call(first + 3).I64(7).Op(Opcode.I64Add).Set(1).I32(5).Op(Opcode.I32Mul).Get(1), "I");
    }

    private static Code Rotated(Code code, int count)
    {
        for (uint n = 2; n <= count; n++) code.Get(n);
        return code.Get(1).I64(3).Op(Opcode.I64Mul).Get(0).Op(Opcode.I64ExtendI32U).Op(Opcode.I64Add);
    }

    private static void Wide(ModuleBuilder m, uint first)
    {
        const int count = 6;
        m.Function("i:i", Numbers(new Code().Get(0), count).Call(first + 1).Op(Opcode.I32WrapI64));
        m.Function("i" + new string('I', count) + ":I", Rotated(
            new Code().Get(0).Op(Opcode.I32Eqz).Open(Opcode.If).Get(1).Get(count).Op(Opcode.I64Add).Op(Opcode.Return).End().Less(), count)
                .Op(Opcode.ReturnCall, first + 1));
    }

    private static Code Numbers(Code code, int count)
    {
        for (int n = 1; n <= count; n++) code.I64(n * 1_000_003L);
        return code;
    }

    private static void WideDoubles(ModuleBuilder m, uint first)
    {
        const int count = 9;
        Code start = new Code().Get(0),
            body = new Code().Get(0).Op(Opcode.I32Eqz).Open(Opcode.If).Get(count).Op(Opcode.Return).End().Less();
        for (int n = 1; n <= count; n++) start.F64(n);
        for (uint n = 2; n <= count; n++) body.Get(n);
        m.Function("i:i", start.Call(first + 1).Op(Opcode.I32TruncF64S));
        m.Function("i" + new string('F', count) + ":F", body.Get(1).F64(0.5).Op(Opcode.F64Add).Op(Opcode.ReturnCall, first + 1));
    }

    private static void WideOverTable(ModuleBuilder m, uint first, uint table)
    {
        const int count = 5;
        string signature = "i" + new string('I', count) + ":I";
        m.Function("i:i", Numbers(new Code().Get(0), count).Call(first + 1).Op(Opcode.I32WrapI64));
        m.Function(signature, Rotated(
            new Code().Get(0).Op(Opcode.I32Eqz).Open(Opcode.If).Get(2).Op(Opcode.Return).End().Less(), count)
                .I32(6).Op(Opcode.ReturnCallIndirect, m.Type(signature), table));
        m.ElementsOf(table, 6, first + 1);
    }
}
