// SPDX-License-Identifier: MIT
// A random module: what bodies may refer to. Bodies are made by BodyGenerator.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Wamr.Nano.Tests.TestKit.Generated;

/// <summary>How modules are made. Far frames and far code cost time, so they are rare.</summary>
internal sealed record ModuleOptions
{
    /// <summary>Functions, memory, table and globals of this one are imported under "lib".</summary>
    public ModuleShape? Library { get; init; }

    /// <summary>Functions of its own; 0: some.</summary>
    public int OwnFunctions { get; init; }

    /// <summary>Memory and table stay as they are at the start: no instruction grows the one or changes the other.</summary>
    public bool Steady { get; init; }

    /// <summary>More locals in each function.</summary>
    public int Padding { get; init; }

    /// <summary>Code in the last function that makes its branches far.</summary>
    public bool FarCode { get; init; }

    /// <summary>The memory has whole pages: another module imports it.</summary>
    public bool WholePages { get; init; }

    /// <summary>
    /// Turns of loops and calls a module lets pass between two calls of its export <see cref="ModuleShape.Again"/>, then
    /// <c>unreachable</c>; 0: no limit of its own.
    /// </summary>
    public int Limit { get; init; }

    /// <summary>The host's function "back" is imported, which calls the export "f0".</summary>
    public bool CallsBack { get; init; }
}

internal sealed class ModuleShape
{
    /// <summary>Export of a module with a limit: sets what is left of it anew.</summary>
    public const string Again = "again";

    private const string Numbers = "iIfF", Weighted = "iiiIIfF";

    /// <param name="random">Decides everything: the same seed gives the same module.</param>
    /// <param name="options">What is wanted of it.</param>
    public ModuleShape(Random random, ModuleOptions options)
    {
        Random = random;
        Options = options;
        HostFunction = Builder.ImportFunction("host", "mix", "iI:I");
        Functions.Add("iI:I");
        if (options.CallsBack) ImportedBack();
        if (options.Library != null) ImportLibrary(options.Library);
        FirstOwn = Functions.Count;
        OwnParts();
        int own = options.OwnFunctions != 0 ? options.OwnFunctions : random.Next(1, 4);
        for (int n = 0; n < own; n++) Functions.Add(n == 0 ? "i:i" : $"{Types(4)}:{Types(3)}");
        for (int n = 0; n < own; n++) Define(n, n == own - 1);
        if (LimitGlobal is uint limit) Builder.Function(":", new Code().I32(options.Limit).Op(Opcode.GlobalSet, limit), "", Again);
        uint[] all = [.. Enumerable.Range(0, Functions.Count).Select(f => (uint)f)];
        random.Shuffle(all);
        if (Tables != 0) Builder.Elements(random.Next(3), all[..Math.Min(all.Length, 4)]);
        else Builder.PassiveElements(all[0]);
        Builder.PassiveElements(all);
    }

    public ModuleBuilder Builder { get; } = new();

    public Random Random { get; }

    public ModuleOptions Options { get; }

    public uint HostFunction { get; }

    /// <summary>Types by function index.</summary>
    public List<string> Functions { get; } = [];

    public int FirstOwn { get; }

    /// <summary>Type by index of the mutable globals.</summary>
    public List<char> Globals { get; } = [];

    /// <summary>Global that holds what is left of the limit; no other code touches it.</summary>
    public uint? LimitGlobal { get; private set; }

    public int Tables { get; private set; }

    public bool HasMemory { get; private set; }

    /// <summary>Bytes of a memory of its own at the start.</summary>
    public uint MemoryBytes { get; private set; }

    /// <summary>Up to so many random types.</summary>
    public string Types(int most) => string.Concat(Enumerable.Range(0, Random.Next(most + 1)).Select(_ => Type()));

    public char Type() => Weighted[Random.Next(Weighted.Length)];

    private void ImportedBack()
    {
        Builder.ImportFunction("host", "back", "i:i");
        Functions.Add("i:i");
    }

    private void ImportLibrary(ModuleShape library)
    {
        for (int n = library.FirstOwn; n < library.Functions.Count; n++)
        {
            Builder.ImportFunction("lib", $"f{n - library.FirstOwn}", library.Functions[n]);
            Functions.Add(library.Functions[n]);
        }
        if (library.HasMemory && Random.Next(2) == 0)
        {
            Builder.ImportMemory("lib", "memory", 0);
            HasMemory = true;
        }
        if (library.Tables != 0 && Random.Next(2) == 0)
        {
            Builder.ImportTable("lib", "table", 0);
            Tables = 1;
        }
        foreach (char type in Numbers)
        {
            Builder.ImportGlobal("lib", $"g{type}", type, mutable: true);
            Globals.Add(type);
        }
    }

    private void OwnParts()
    {
        if (!HasMemory)
        {
            // Mostly of single bytes, so that it ends anywhere.
            bool bytes = Random.Next(4) != 0 && !Options.WholePages;
            uint pages = bytes ? (uint)Random.Next(300, 700) : 1;
            Builder.Memory(pages, bytes ? 900u : 2, bytes, "memory");
            HasMemory = true;
            MemoryBytes = bytes ? pages : pages << 16;
        }
        byte[] data = new byte[200];
        Random.NextBytes(data);
        Builder.Data(Random.Next(50), data);
        Builder.PassiveData(data[..50]);
        if (Tables == 0 && Random.Next(4) != 0)
        {
            Builder.Table(8, 12, export: "table");
            Tables = 1;
        }
        foreach (char type in Numbers)
        {
            Code initial = new();
            BodyGenerator.Constant(Random, initial, type);
            Builder.Global(type, initial, mutable: true, export: $"g{type}");
            Globals.Add(type);
        }
        if (Options.Limit != 0) LimitGlobal = Builder.Global('i', new Code().I32(Options.Limit), mutable: true, export: "limit");
    }

    private void Define(int own, bool last)
    {
        string type = Functions[FirstOwn + own];
        BodyGenerator body = new(this, type, Options.FarCode && last);
        Builder.Function(type, body.Generate(), body.DeclaredLocals, $"f{own}");
    }
}
