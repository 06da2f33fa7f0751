// SPDX-License-Identifier: MIT
// What code of a float module may refer to: areas of its memory, globals, locals of the function.
using System;
using System.Linq;

namespace Wamr.Nano.Tests.Slow.Differential.Floats;

/// <summary>
/// The memory begins with blocks of operands, which nothing writes to. Behind them lie results. A NaN that arithmetic made may have other
/// bits in another engine, so such values, called open, have areas, locals and globals of their own: these are read as floats, and all
/// else is compared bit for bit.
/// </summary>
internal static class FloatMemory
{
    /// <summary>Blocks of 16 doubles, then 32 floats; functions get the address of one.</summary>
    public const int Blocks = 8, BlockBytes = 256, Doubles = 16, Floats = 32;

    /// <summary>Cells of results of a type.</summary>
    public const int Cells = 32;

    private const uint OpenArea = 4096, ExactArea = 8192;

    public static uint Size(char type) => type is 'I' or 'F' ? 8u : 4u;

    /// <summary>Where the results of a type lie.</summary>
    public static uint Area(char type, bool open) => (open ? OpenArea : ExactArea) + ((uint)"iIfF".IndexOf(type) * Cells * 8);

    /// <summary>Where operands of a type lie in their block, and how many there are.</summary>
    public static (uint At, int Count) Operands(char type) => type is 'F' or 'I' ? (0u, Doubles) : (Doubles * 8u, Floats);
}

/// <summary>
/// Locals of a function: the address of a block, arguments, then by type one whose bits are exact, an open one, one for the moment.
/// </summary>
internal sealed class FloatScope(string parameters)
{
    private const string Kinds = "fFfFfFiIi";

    /// <summary>Types of the parameters, of which the first is the block's address.</summary>
    public string Parameters => parameters;

    public string Declared => Kinds;

    /// <summary>Counter of the loop the code is in.</summary>
    public uint? Counter { get; set; }

    /// <summary>Turns of that loop at most.</summary>
    public int Turns { get; set; } = 1;

    public uint NewCounter => (uint)(parameters.Length + 8);

    /// <summary>A local whose bits are the same everywhere: an argument or a variable.</summary>
    public uint Exact(char type, Random random)
    {
        uint[] arguments = [.. Enumerable.Range(1, parameters.Length - 1).Where(n => parameters[n] == type).Select(n => (uint)n)];
        uint[] all = [.. arguments, Variable(type, 0)];
        return all[random.Next(all.Length)];
    }

    public uint ExactVariable(char type) => Variable(type, 0);

    public uint Open(char type) => Variable(type, 2);

    public uint Scratch(char type) => Variable(type, 4);

    private uint Variable(char type, int first) =>
        (uint)(parameters.Length + (type is 'f' or 'F' ? first + (type == 'F' ? 1 : 0) : type == 'i' ? 6 : 7));
}
