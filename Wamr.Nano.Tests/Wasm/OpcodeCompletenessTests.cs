// SPDX-License-Identifier: MIT
// An opcode that one part of the product knows, all parts know: tables, interpreter, bytecode check, C templates, reference, sweeps.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Wamr.Nano.Tests.TestKit;
using Wamr.Nano.Tests.TestKit.Reference;
using Xunit;

namespace Wamr.Nano.Tests.Wasm;

public class OpcodeCompletenessTests
{
    private static IEnumerable<Opcode> Numeric => Enum.GetValues<Opcode>().Where(NumericOps.Is);

    private static IEnumerable<Opcode> Accesses => Enum.GetValues<Opcode>().Where(op => OpTable.Immediates((int)op) == Imm.MemArg);

    [Fact]
    public void Opcodes_with_a_signature_alone_are_numeric_or_memory_instructions()
    {
        IEnumerable<Opcode> plain = Enum.GetValues<Opcode>()
            .Where(op => OpTable.Immediates((int)op) == Imm.None && OpTable.Signature((int)op) != Sig.Special);
        Assert.Empty(plain.Except(Numeric));
    }

    [Fact]
    public void Register_opcodes_are_consecutive_and_have_a_row_each()
    {
        Assert.Equal(Enumerable.Range(0, RegOpTable.Count), Enum.GetValues<RegOp>().Select(op => (int)op));
        RegOpTable.ShapeOf((RegOp)(RegOpTable.Count - 1));
        Assert.Throws<IndexOutOfRangeException>(() => RegOpTable.ShapeOf((RegOp)RegOpTable.Count));
    }

    [Fact]
    public void Interpreter_has_a_line_for_each_register_opcode() =>
        AllIn("Wamr.Nano/Core/Engine/Interpreter/Loop.cs", Enum.GetNames<RegOp>().Select(name => $"case Op.{name}:"));

    [Fact]
    public void Check_of_bytecode_knows_each_shape() =>
        AllIn("Wamr.Nano/Core/Image/Bytecode", typeof(Shape).GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Where(shape => shape.IsLiteral && shape.Name is not (nameof(Shape.None) or nameof(Shape.Count)))
            .Select(shape => $"Shape.{shape.Name}"));

    [Fact]
    public void Native_code_has_a_macro_for_each_numeric_instruction_and_access() =>
        AllIn("xip/Native", Numeric.Concat(Accesses).Select(op => $"#define {op}("));

    [Fact]
    public void Reference_evaluator_computes_each_numeric_instruction()
    {
        foreach (Opcode op in Numeric.Where(op => !NumericOps.IsWide(op))) ReferenceNumeric.Apply(op, 1, 1);
    }

    [Fact]
    public void Sweep_on_boards_runs_each_numeric_instruction_and_access() =>
        Assert.Empty(Numeric.Concat(Accesses).Except(NumericSweep.Instructions));

    /// <summary>Names what a file, or the files of a folder, do not hold.</summary>
    private static void AllIn(string place, IEnumerable<string> wanted)
    {
        string path = Repository.PathOf(place);
        IEnumerable<string> files = File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*.*", SearchOption.AllDirectories);
        string text = string.Concat(files.Select(File.ReadAllText));
        string[] missing = [.. wanted.Where(one => !text.Contains(one, StringComparison.Ordinal))];
        Assert.Empty(missing);
    }
}
