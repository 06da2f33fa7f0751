// SPDX-License-Identifier: MIT
// Each float instruction rounds by itself, whatever the C compiler could make of several: the smallest functions that showed, or
// would show, otherwise.
using System;
using System.Collections.Concurrent;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Xip;
using Wamr.Nano.Xip;
using Xunit;

namespace Wamr.Nano.Tests.Slow.Xip;

public class RoundingTests
{
    private const long Signalling = 0x7FF0000000000001, Quiet = 0x7FF8000000000001;

    /// <summary>Operations that give their first operand back, unless that is a NaN.</summary>
    private static readonly (Opcode Op, double Operand)[] s_neutral =
        [(Opcode.F64Mul, 1), (Opcode.F64Div, 1), (Opcode.F64Sub, 0), (Opcode.F64Add, -0.0)];

    /// <summary>Functions, and the sign bit of what each gives.</summary>
    private static readonly (string Function, int Sign)[] s_signs =
        [("abs square", 0), ("abs root", 0), ("neg abs square", 1), ("copysign square", 1)];

    private static readonly ConcurrentDictionary<(string, Optimization), Lazy<NanoInstance>> s_instances = new();

    public static TheoryData<string, Optimization> Cases => NativeCompilers.Cases;

    /// <summary>gcc 12 put the two into one vector and then dropped both conversions.</summary>
    [CompilerTheory]
    [MemberData(nameof(Cases))]
    public void Neighbours_are_demoted_and_promoted(string compiler, Optimization optimization) =>
        Assert.Equal(-0.6000000312924385, Instance(compiler, optimization).GetFunc<double>("neighbours")());

    [CompilerTheory]
    [MemberData(nameof(Cases))]
    public void A_product_is_rounded_before_something_is_added(string compiler, Optimization optimization)
    {
        const double a = 1.0000000000000002, b = 0.9999999999999999;
        Assert.Equal((a * b) + -1, Instance(compiler, optimization).GetFunc<double, double, double, double>("product")(a, b, -1));
    }

    /// <summary>A compiler that knows the operand takes x * 1, x / 1 and x - 0 for x.</summary>
    [CompilerTheory]
    [MemberData(nameof(Cases))]
    public void A_signalling_NaN_does_not_pass_an_operation_with_a_neutral_operand(string compiler, Optimization optimization)
    {
        foreach ((Opcode op, _) in s_neutral)
            foreach (string form in (string[])["constant", "integer", "stored"])
                Assert.Equal(Quiet, Instance(compiler, optimization).GetFunc<long, long>($"{form} {op}")(Signalling));
        // Locals are 0 at first.
        Assert.Equal(Quiet, Instance(compiler, optimization).GetFunc<long, long>("local")(Signalling));
    }

    [CompilerTheory]
    [MemberData(nameof(Cases))]
    public void A_signalling_NaN_does_not_pass_a_promotion_that_is_demoted_again(string compiler, Optimization optimization) =>
        Assert.Equal(0x7FC00001, Instance(compiler, optimization).GetFunc<int, int>("there and back")(0x7F800001));

    /// <summary>
    /// A square and a root are never below 0, but as a NaN they have a sign: it must go all the same, and be changed or copied.
    /// </summary>
    [CompilerTheory]
    [MemberData(nameof(Cases))]
    public void The_sign_of_a_NaN_is_what_abs_neg_and_copysign_make_it(string compiler, Optimization optimization)
    {
        foreach (long nan in (long[])[Quiet, Quiet | long.MinValue])
            foreach ((string function, int sign) in s_signs)
                Assert.Equal(sign, (int)(Instance(compiler, optimization).GetFunc<long, long>(function)(nan) >>> 63));
    }

    private static NanoInstance Instance(string compiler, Optimization optimization) => s_instances.GetOrAdd((compiler, optimization), _ =>
        new(() =>
    {
        CompileOptions options = new() { Target = "x86_64", Compiler = compiler, Optimization = optimization, Jobs = 1 };
        return new NanoRuntime(1 << 20).LoadImage(ImageCompiler.Compile(Module(), options)).Instantiate();
    })).Value;

    private static byte[] Module()
    {
        ModuleBuilder m = new();
        m.Memory(1);
        m.Data(0, [.. BitConverter.GetBytes(0.1), .. BitConverter.GetBytes(0.3)]);
        m.Function(":F", Neighbours(), export: "neighbours");
        m.Function("FFF:F", new Code().Get(0).Get(1).Op(Opcode.F64Mul).Get(2).Op(Opcode.F64Add), export: "product");
        foreach ((Opcode op, double operand) in s_neutral)
        {
            long bits = BitConverter.DoubleToInt64Bits(operand);
            Bits($"constant {op}", Argument().F64(operand).Op(op));
            Bits($"integer {op}", Argument().I64(bits).Op(Opcode.F64ReinterpretI64).Op(op));
            Bits($"stored {op}", Argument().I32(0).I64(bits).Op(Opcode.I64Store, 3, 64).I32(0).Op(Opcode.F64Load, 3, 64).Op(op));
        }
        Bits("local", Argument().Get(1).Op(Opcode.F64Sub));
        Code there = new Code().Get(0).Op(Opcode.F32ReinterpretI32).Op(Opcode.F64PromoteF32);
        m.Function("i:i", there.Op(Opcode.F32DemoteF64).Op(Opcode.I32ReinterpretF32), export: "there and back");
        Bits("abs square", Square().Op(Opcode.F64Abs));
        Bits("abs root", Argument().Op(Opcode.F64Sqrt).Op(Opcode.F64Abs));
        Bits("neg abs square", Square().Op(Opcode.F64Abs).Op(Opcode.F64Neg));
        Bits("copysign square", Square().F64(-1).Op(Opcode.F64Copysign));
        return m.Build();

        void Bits(string name, Code value) => m.Function("I:I", value.Op(Opcode.I64ReinterpretF64), "F", name);
    }

    /// <summary>The difference of two neighbours, each rounded to single precision and times 3.</summary>
    private static Code Neighbours()
    {
        Code code = new();
        for (uint at = 0; at < 16; at += 8)
            code.I32(16).I32(0).Op(Opcode.F64Load, 3, at).Op(Opcode.F32DemoteF64).Op(Opcode.F64PromoteF32).F64(3).Op(Opcode.F64Mul)
                .Op(Opcode.F64Store, 3, at);
        return code.I32(0).Op(Opcode.F64Load, 3, 16).I32(0).Op(Opcode.F64Load, 3, 24).Op(Opcode.F64Sub);
    }

    private static Code Argument() => new Code().Get(0).Op(Opcode.F64ReinterpretI64);

    private static Code Square() => Argument().Tee(1).Get(1).Op(Opcode.F64Mul);
}
