// SPDX-License-Identifier: MIT
// The body of a function of a float module: statements whose values are expressions of FloatTree.
using System;
using System.Collections.Generic;
using Wamr.Nano.Tests.TestKit;

namespace Wamr.Nano.Tests.Slow.Differential.Floats;

/// <param name="random">Decides everything.</param>
/// <param name="scope">Its locals.</param>
/// <param name="canonical">Whether all NaNs are: see <see cref="FloatValues"/>.</param>
/// <param name="functions">Types of the functions up to this one: those before it may be called.</param>
internal sealed class FloatBody(Random random, FloatScope scope, bool canonical, IReadOnlyList<string> functions)
{
    private readonly Code _code = new();

    public string Locals => scope.Declared;

    public Code Generate(string results)
    {
        for (int n = random.Next(3, 9); n > 0; n--) Statement(nested: false);
        foreach (char type in results) Tree(random, _code).Value(type, 2);
        return _code;
    }

    private void Statement(bool nested)
    {
        switch (random.Next(nested ? 6 : 9))
        {
            case < 3: Neighbours(); break;
            case 3: Assign(); break;
            case 4: Move(); break;
            case 5: SetGlobal(); break;
            case 6: Loop(); break;
            case 7: If(); break;
            default: Call(); break;
        }
    }

    /// <summary>The same expression of neighbouring operands to neighbouring cells, one by one or all at once.</summary>
    private void Neighbours()
    {
        char type = "fFfFfFiI"[random.Next(8)];
        int lanes = scope.Counter != null ? 1 : random.Next(4) switch { 0 => 1, 1 => 4, 2 when type is 'f' or 'i' => 8, _ => 2 };
        bool isShort = type is 'f' or 'F' && random.Next(3) == 0, together = random.Next(2) == 0;
        int seed = random.Next(), depth = random.Next(1, 5), first = random.Next(FloatMemory.Cells - lanes - scope.Turns + 2);
        for (int lane = 0; lane < lanes; lane++)
        {
            Code value = new();
            FloatTree tree = Tree(new(seed), value, lane);
            bool open = isShort ? tree.Short(type) : tree.Value(type, depth);
            Address(type, open);
            _code.Raw(value.Bytes);
            if (!together) Store(type, first + lane);
        }
        for (int lane = lanes - 1; together && lane >= 0; lane--) Store(type, first + lane);
    }

    /// <summary>Pushes where results lie; in a loop, each turn the next cell.</summary>
    private void Address(char type, bool open)
    {
        _code.I32((int)FloatMemory.Area(type, open));
        if (scope.Counter is uint counter) _code.Get(counter).I32(type is 'I' or 'F' ? 3 : 2).Op(Opcode.I32Shl).Op(Opcode.I32Add);
    }

    private void Store(char type, int cell) => _code.Op(FloatTree.StoreOf(type), 0, (uint)cell * FloatMemory.Size(type));

    private void Assign()
    {
        char type = Float();
        if (random.Next(2) == 0)
        {
            Tree(random, _code).Float(type, random.Next(1, 4));
            _code.Set(scope.Open(type));
        }
        else
        {
            Tree(random, _code).Exact(type, random.Next(1, 4));
            _code.Set(scope.ExactVariable(type));
        }
    }

    /// <summary>Bits on their way through whatever moves them.</summary>
    private void Move()
    {
        char type = Float();
        Code value = new();
        FloatTree tree = Tree(random, value);
        tree.Exact(type, 2);
        switch (random.Next(4))
        {
            case 0: value.Tee(scope.ExactVariable(type)); break;
            case 1:
                uint global = FloatModule.Global(type, open: false);
                value.Op(Opcode.GlobalSet, global).Op(Opcode.GlobalGet, global);
                break;
            case 2:
                // Through the result of a block that ends in two ways.
                Code block = new Code().Open(Opcode.Block, type).Raw(value.Bytes);
                Tree(random, block).Integer('i', 2);
                block.Op(Opcode.BrIf, 0).Op(Opcode.Drop);
                Tree(random, block).Exact(type, 1);
                value = block.End();
                break;
            default: break;
        }
        Address(type, open: false);
        _code.Raw(value.Bytes);
        Store(type, random.Next(FloatMemory.Cells - scope.Turns + 1));
    }

    private void SetGlobal()
    {
        char type = Float();
        bool open = random.Next(2) == 0;
        if (open) Tree(random, _code).Float(type, 3);
        else Tree(random, _code).Exact(type, 3);
        _code.Op(Opcode.GlobalSet, FloatModule.Global(type, open));
    }

    /// <summary>Over arrays; or a sum, or product, of what lies in one.</summary>
    private void Loop()
    {
        uint counter = scope.NewCounter;
        scope.Turns = random.Next(2, 9);
        _code.I32(0).Set(counter).Open(Opcode.Loop);
        scope.Counter = counter;
        for (int n = random.Next(1, 3); n > 0; n--)
            if (random.Next(3) == 0) Accumulate();
            else Statement(nested: true);
        scope.Counter = null;
        _code.Get(counter).I32(1).Op(Opcode.I32Add).Tee(counter).I32(scope.Turns).Op(Opcode.I32LtU).Op(Opcode.BrIf, 0).End();
        scope.Turns = 1;
    }

    private void Accumulate()
    {
        char type = Float();
        uint sum = scope.Open(type);
        _code.Get(sum);
        Tree(random, _code).Float(type, random.Next(3));
        Opcode add = type == 'f' ? Opcode.F32Add : Opcode.F64Add;
        _code.Op(FloatTree.Nth(add, random.Next(3) switch { 0 => 2, 1 => 4, _ => 0 })).Set(sum);
    }

    private void If()
    {
        Tree(random, _code).Integer('i', 3);
        _code.Open(Opcode.If);
        Statement(nested: true);
        if (random.Next(2) == 0)
        {
            _code.Else();
            Statement(nested: true);
        }
        _code.End();
    }

    private void Call()
    {
        int callee = functions.Count - 2 - random.Next(4);
        if (callee < 0) return;
        string[] type = functions[callee].Split(':');
        _code.Get(0);
        foreach (char parameter in type[0][1..])
            if (parameter is 'f' or 'F') Tree(random, _code).Exact(parameter, 1);
            else Tree(random, _code).Integer(parameter, 1);
        _code.Call((uint)callee);
        for (int n = type[1].Length - 1; n >= 0; n--)
            if (type[1][n] is 'f' or 'F') _code.Set(scope.Open(type[1][n]));
            else _code.Set(scope.ExactVariable(type[1][n]));
    }

    private FloatTree Tree(Random decides, Code code, int lane = 0) => new(decides, code, scope, canonical, lane);

    private char Float() => random.Next(2) == 0 ? 'f' : 'F';
}
