// SPDX-License-Identifier: MIT
// A module that runs every numeric instruction on operands at the edges, and every load and store at every misalignment, to a number.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>Engines that agree on the number agree on all results but the bits of NaNs, which WebAssembly leaves open.</summary>
internal static class NumericSweep
{
    internal const string Export = "run";

    private static readonly int[] s_i32 = [0, 1, 2, -1, 31, 33, int.MinValue, int.MaxValue, 0x12345678];
    private static readonly long[] s_i64 =
        [0, 1, -1, 31, 65, long.MinValue, long.MaxValue, 0xFFFFFFFF, 0x123456789ABCDEF, 0x7FFFFF4000000001, -0x20000020000001];
    private static readonly float[] s_f32 =
        [0, -0f, 1.5f, -2.5f, float.PositiveInfinity, float.NaN, float.MaxValue, float.Epsilon, 4294967040, -9.3e18f];
    private static readonly double[] s_f64 =
        [0, -0d, 0.5, -3.5, double.NegativeInfinity, double.NaN, double.MaxValue, double.Epsilon, 4294967295.5, 1.8e19];

    /// <summary>Operands whose truncation traps for no integer type.</summary>
    private static readonly float[] s_small = [0, 0.75f, 1.5f, 100.25f];

    /// <summary>Every instruction there is a function for.</summary>
    internal static IEnumerable<Opcode> Instructions => Enum.GetValues<Opcode>().Where(op => IsNumeric(op) || IsLoad(op) || IsStore(op));

    /// <summary>A module whose <see cref="Export"/> gives one i64 made of the results of <paramref name="instructions"/>.</summary>
    internal static byte[] Module(IEnumerable<Opcode> instructions)
    {
        ModuleBuilder module = new();
        module.Memory(1);
        module.Data(0, [.. Enumerable.Range(0, 64).Select(i => (byte)(i * 37 + 129))]);
        Code run = new();
        foreach (Opcode op in instructions)
        {
            uint function = module.Function(":I", NumericOps.IsWide(op) ? Wide(op) : IsNumeric(op) ? Numeric(op) : Memory(op), Locals(op));
            Mix(run.Call(function));
        }
        module.Function(":I", run.Get(0), "I", Export);
        return module.Build();
    }

    private static bool IsNumeric(Opcode op) => NumericOps.Is(op);

    private static bool IsLoad(Opcode op) => op is >= Opcode.I32Load and <= Opcode.I64Load32U;

    private static bool IsStore(Opcode op) => op is >= Opcode.I32Store and <= Opcode.I64Store32;

    /// <summary>What it pops, first pushed first, and what it pushes, in letters of <see cref="ModuleBuilder"/>.</summary>
    private static (string Operands, char Result) Types(Opcode op)
    {
        const string letters = " iIfF";
        byte signature = OpTable.Signature((int)op);
        string operands = $"{letters[signature % Sig.Second]}{letters[signature / Sig.Second % 5]}";
        return (operands.Trim(), letters[signature / Sig.Result % 5]);
    }

    /// <summary>Local 0 is the number, then operands, then the result.</summary>
    private static string Locals(Opcode op)
    {
        if (NumericOps.IsWide(op)) return "I";
        var (operands, result) = Types(op);
        return "I" + operands + (result == ' ' ? 'I' : result);
    }

    private static Code Numeric(Opcode op)
    {
        string operands = Types(op).Operands;
        Code code = new();
        foreach (object first in Values(op, operands[0]))
        {
            Constant(code, first).Set(1);
            object[] seconds = operands.Length == 2 ? Values(op, operands[1]) : [first];
            foreach (object second in seconds.Where(second => !Traps(op, first, second)))
            {
                if (operands.Length == 2) Constant(code, second).Set(2);
                code.Get(1);
                if (operands.Length == 2) code.Get(2);
                Mix(Bits(code.Op(op), op));
            }
        }
        return code.Get(0);
    }

    private static Code Wide(Opcode op)
    {
        Code code = new();
        foreach (long first in s_i64)
        {
            foreach (long second in s_i64)
            {
                code.I64(first).I64(second);
                if (NumericOps.WideOperands(op) == 2) code.I64(second).I64(first);
                Mix(code.Op(op));
                Mix(code);
            }
        }
        return code.Get(0);
    }

    private static Code Memory(Opcode op)
    {
        const uint stored = 64; // behind the data
        Code code = new();
        for (uint at = 0; at < 9; at++)
        {
            if (IsLoad(op)) Mix(Bits(code.I32((int)at).Op(op, 0, at), op));
            else
            {
                Constant(code.I32((int)(stored + at)), Values(op, Types(op).Operands[1])[at]).Op(op, 0, at);
                Mix(code.I32((int)(stored + at)).Op(Opcode.I64Load, 0, at));
            }
        }
        return code.Get(0);
    }

    private static object[] Values(Opcode op, char type) => type switch
    {
        'i' => [.. s_i32.Cast<object>()],
        'I' => [.. s_i64.Cast<object>()],
        'f' when !IsTruncation(op) => [.. s_f32.Cast<object>()],
        'F' when !IsTruncation(op) => [.. s_f64.Cast<object>()],
        'f' => [.. s_small.Cast<object>()],
        _ => [.. s_small.Select(value => (object)(double)value)],
    };

    private static bool IsTruncation(Opcode op) =>
        op is >= Opcode.I32TruncF32S and <= Opcode.I32TruncF64U or >= Opcode.I64TruncF32S and <= Opcode.I64TruncF64U;

    private static bool Traps(Opcode op, object first, object second) => op switch
    {
        Opcode.I32DivS => second is 0 || first is int.MinValue && second is -1,
        Opcode.I64DivS => second is 0L || first is long.MinValue && second is -1L,
        Opcode.I32DivU or Opcode.I32RemS or Opcode.I32RemU => second is 0,
        Opcode.I64DivU or Opcode.I64RemS or Opcode.I64RemU => second is 0L,
        _ => false,
    };

    private static Code Constant(Code code, object value) => value switch
    {
        int number => code.I32(number),
        long number => code.I64(number),
        float number => code.F32(number),
        _ => code.F64((double)value),
    };

    /// <summary>The result on the stack as an i64; the same for each NaN.</summary>
    private static Code Bits(Code code, Opcode op)
    {
        var (operands, result) = Types(op);
        uint local = (uint)operands.Length + 1;
        return result switch
        {
            'i' => code.Op(Opcode.I64ExtendI32U),
            'f' => code.Tee(local).Op(Opcode.I32ReinterpretF32).I32(0x7FC00000).Get(local)
                .Get(local).Op(Opcode.F32Eq).Op(Opcode.Select).Op(Opcode.I64ExtendI32U),
            'F' => code.Tee(local).Op(Opcode.I64ReinterpretF64).I64(0x7FF8000000000000).Get(local)
                .Get(local).Op(Opcode.F64Eq).Op(Opcode.Select),
            _ => code,
        };
    }

    /// <summary>Takes an i64 from the stack into the number.</summary>
    private static void Mix(Code code) => code.Get(0).I64(31).Op(Opcode.I64Mul).Op(Opcode.I64Add).Set(0);
}
