// SPDX-License-Identifier: MIT
// Modules whose functions have any number of parameters, with a sum that shows whether each value arrived in its place.
using System.Linq;

namespace Wamr.Nano.Tests.TestKit;

internal static class ManyParameters
{
    /// <summary>
    /// Types in turn, after as many of one slot as are asked for: so that each of the last
    /// slots a byte reaches begins a value, and ends one.
    /// </summary>
    public static string Types(int count, int shift) =>
        string.Concat(Enumerable.Range(0, count).Select(i => i < shift ? 'i' : "iIfFI"[(i - shift) % 5]));

    public static long Value(int index) => index * 3 - 700;

    /// <summary>What the functions of <see cref="Module"/> give.</summary>
    public static long Sum(int count) => Enumerable.Range(0, count).Sum(i => Value(i) * (i + 1) * 2 + i + 1);

    public static Code Constant(Code code, char type, long value) => type switch
    {
        'i' => code.I32((int)value),
        'I' => code.I64(value),
        'f' => code.F32(value),
        _ => code.F64(value),
    };

    /// <summary>The i64 of a value of a type, which is on the stack.</summary>
    public static Code Widened(Code code, char type) => type switch
    {
        'i' => code.Op(Opcode.I64ExtendI32S),
        'I' => code,
        'f' => code.Op(Opcode.I64TruncF32S),
        _ => code.Op(Opcode.I64TruncF64S),
    };

    /// <summary>
    /// "sum" adds up its parameters, each times its number and a local; then sets each to its number and adds them up again. "call",
    /// "table" and "tail" call it.
    /// </summary>
    public static byte[] Module(string types)
    {
        ModuleBuilder m = new();
        string type = types + ":I";
        Code sum = new Code().I64(2).Set((uint)types.Length).I64(0);
        for (int i = 0; i < types.Length; i++)
            Widened(sum.Get((uint)i), types[i]).I64(i + 1).Op(Opcode.I64Mul).Get((uint)types.Length).Op(Opcode.I64Mul).Op(Opcode.I64Add);
        for (int i = 0; i < types.Length; i++) Constant(sum, types[i], i + 1).Set((uint)i);
        for (int i = 0; i < types.Length; i++) Widened(sum.Get((uint)i), types[i]).Op(Opcode.I64Add);
        uint callee = m.Function(type, sum, "I", "sum");
        m.Table(1);
        m.Elements(0, callee);
        m.Function(":I", Arguments().Call(callee), export: "call");
        m.Function(":I", Arguments().I32(0).Op(Opcode.CallIndirect, m.Type(type), 0), export: "table");
        m.Function(":I", Arguments().Op(Opcode.ReturnCall, callee), export: "tail");
        return m.Build();

        Code Arguments()
        {
            Code code = new();
            for (int i = 0; i < types.Length; i++) Constant(code, types[i], Value(i));
            return code;
        }
    }
}
