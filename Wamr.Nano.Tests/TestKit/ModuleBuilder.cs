// SPDX-License-Identifier: MIT
// Builds small modules in the binary format (spec chapter 5.5) for tests; it checks nothing, so that bad modules can be built too.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Wamr.Nano.Tests.TestKit;

/// <summary>
/// One section a list, written in the order the format wants. Types are strings such as <c>"iI:f"</c>: parameters, colon, results, with
/// i I f F for i32 i64 f32 f64, n for funcref, r for externref. Imports must be added before functions, tables, memories and globals of
/// its own, as indices are given out at once.
/// </summary>
internal sealed class ModuleBuilder
{
    private readonly List<string> _types = [];
    private readonly Dictionary<string, uint> _typeIndexes = [];
    private readonly Section _imports = new(2), _functions = new(3), _tables = new(4), _memories = new(5), _globals = new(6);
    private readonly Section _exports = new(7), _elements = new(9), _code = new(10), _data = new(11);
    private readonly List<byte[]> _customs = [];
    private readonly uint[] _counts = new uint[4];
    private uint? _start;
    private bool _dataCount;

    /// <summary>Index of a function type, added when it is new.</summary>
    public uint Type(string signature)
    {
        if (_typeIndexes.TryGetValue(signature, out uint known)) return known;
        _types.Add(signature);
        return _typeIndexes[signature] = (uint)_types.Count - 1;
    }

    public uint ImportFunction(string module, string name, string signature) => Import(0, module, name, Number(Type(signature)));

    public uint ImportTable(string module, string name, uint min, uint? max = null, char type = 'n') =>
        Import(1, module, name, [ValueType(type), .. Limits(min, max)]);

    public uint ImportMemory(string module, string name, uint min, uint? max = null, bool pageOfOneByte = false) =>
        Import(2, module, name, MemoryType(min, max, pageOfOneByte));

    public uint ImportGlobal(string module, string name, char type, bool mutable = false) =>
        Import(3, module, name, [ValueType(type), mutable ? (byte)1 : (byte)0]);

    /// <summary>A function; <paramref name="body"/> without the closing end, <paramref name="locals"/> one letter a local.</summary>
    public uint Function(string signature, Code body, string locals = "", string? export = null)
    {
        byte[] declared = [.. Number((uint)locals.Length), .. locals.SelectMany(type => new byte[] { 1, ValueType(type) })];
        return RawFunction(signature, [.. declared, .. body.Bytes, 0x0B], export);
    }

    /// <summary>A function whose entry in the code section, but for its size, is given as it is.</summary>
    public uint RawFunction(string signature, byte[] entry, string? export = null)
    {
        _functions.Add(Number(Type(signature)));
        _code.Add([.. Number((uint)entry.Length), .. entry]);
        return Defined(0, export);
    }

    /// <summary>Index of the function that is added next.</summary>
    public uint NextFunction => _counts[0];

    public uint Table(uint min, uint? max = null, char type = 'n', string? export = null)
    {
        _tables.Add([ValueType(type), .. Limits(min, max)]);
        return Defined(1, export);
    }

    /// <summary>A memory, in pages; of 64 KB, or of 1 byte where <paramref name="pageOfOneByte"/> is set (custom page sizes).</summary>
    public uint Memory(uint min, uint? max = null, bool pageOfOneByte = false, string? export = null)
    {
        _memories.Add(MemoryType(min, max, pageOfOneByte));
        return Defined(2, export);
    }

    public uint Global(char type, Code initial, bool mutable = false, string? export = null)
    {
        _globals.Add([ValueType(type), mutable ? (byte)1 : (byte)0, .. initial.Bytes, 0x0B]);
        return Defined(3, export);
    }

    /// <summary>Exports an index of kind 0 function, 1 table, 2 memory, 3 global.</summary>
    public ModuleBuilder Export(string name, byte kind, uint index)
    {
        _exports.Add([.. Name(name), kind, .. Number(index)]);
        return this;
    }

    public ModuleBuilder Start(uint function)
    {
        _start = function;
        return this;
    }

    /// <summary>Active element segment of table 0 at a constant offset.</summary>
    public ModuleBuilder Elements(int offset, params uint[] functions)
    {
        _elements.Add([0, .. new Code().I32(offset).End().Bytes, .. Number((uint)functions.Length), .. functions.SelectMany(Number)]);
        return this;
    }

    /// <summary>The same of any table.</summary>
    public ModuleBuilder ElementsOf(uint table, int offset, params uint[] functions)
    {
        _elements.Add([2, .. Number(table), .. new Code().I32(offset)
            .End().Bytes, 0, .. Number((uint)functions.Length), .. functions.SelectMany(Number)]);
        return this;
    }

    /// <summary>Passive element segment of function indices.</summary>
    public ModuleBuilder PassiveElements(params uint[] functions)
    {
        _elements.Add([1, 0, .. Number((uint)functions.Length), .. functions.SelectMany(Number)]);
        return this;
    }

    /// <summary>Active data segment at a constant offset.</summary>
    public ModuleBuilder Data(int offset, params byte[] bytes)
    {
        _data.Add([0, .. new Code().I32(offset).End().Bytes, .. Number((uint)bytes.Length), .. bytes]);
        return this;
    }

    /// <summary>Passive data segment; the data count section is written too.</summary>
    public ModuleBuilder PassiveData(params byte[] bytes)
    {
        _data.Add([1, .. Number((uint)bytes.Length), .. bytes]);
        _dataCount = true;
        return this;
    }

    /// <summary>Custom section, placed behind all others.</summary>
    public ModuleBuilder Custom(string name, params byte[] contents)
    {
        _customs.Add(Section.Framed(0, [.. Name(name), .. contents]));
        return this;
    }

    public byte[] Build()
    {
        Section types = new(1);
        foreach (string type in _types) types.Add(FunctionType(type));
        List<byte> module = [0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0];
        foreach (Section section in new[] { types, _imports, _functions, _tables, _memories, _globals, _exports })
            module.AddRange(section.Bytes);
        if (_start is uint start) module.AddRange(Section.Framed(8, Number(start)));
        module.AddRange(_elements.Bytes);
        if (_dataCount) module.AddRange(Section.Framed(12, Number(_data.Count)));
        module.AddRange(_code.Bytes);
        module.AddRange(_data.Bytes);
        foreach (byte[] custom in _customs) module.AddRange(custom);
        return [.. module];
    }

    /// <summary>Byte of a value type by its letter.</summary>
    public static byte ValueType(char letter) => letter switch
    {
        'i' => 0x7F,
        'I' => 0x7E,
        'f' => 0x7D,
        'F' => 0x7C,
        'n' => 0x70,
        'r' => 0x6F,
        _ => throw new ArgumentException($"no value type has the letter '{letter}'", nameof(letter)),
    };

    private uint Import(byte kind, string module, string name, byte[] type)
    {
        _imports.Add([.. Name(module), .. Name(name), kind, .. type]);
        return _counts[kind]++;
    }

    private uint Defined(byte kind, string? export)
    {
        uint index = _counts[kind]++;
        if (export != null) Export(export, kind, index);
        return index;
    }

    private static byte[] FunctionType(string signature)
    {
        string[] halves = signature.Split(':');
        return [0x60, .. ValueTypes(halves[0]), .. ValueTypes(halves[1])];
    }

    private static byte[] ValueTypes(string letters) => [.. Number((uint)letters.Length), .. letters.Select(ValueType)];

    private static byte[] Limits(uint min, uint? max) => max is uint m ? [1, .. Number(min), .. Number(m)] : [0, .. Number(min)];

    private static byte[] MemoryType(uint min, uint? max, bool pageOfOneByte)
    {
        byte[] limits = Limits(min, max);
        return pageOfOneByte ? [(byte)(limits[0] | 8), .. limits[1..], 0] : limits;
    }

    private static byte[] Name(string name) => [.. Number((uint)Encoding.UTF8.GetByteCount(name)), .. Encoding.UTF8.GetBytes(name)];

    private static byte[] Number(uint value)
    {
        List<byte> bytes = [];
        Leb128.Unsigned(bytes, value);
        return [.. bytes];
    }

    /// <summary>A section that is a vector; left out while it is empty.</summary>
    private sealed class Section(byte id)
    {
        private readonly List<byte> _items = [];

        public uint Count { get; private set; }

        public byte[] Bytes => Count == 0 ? [] : Framed(id, [.. Number(Count), .. _items]);

        public void Add(byte[] item)
        {
            _items.AddRange(item);
            Count++;
        }

        public static byte[] Framed(byte id, byte[] contents) => [id, .. Number((uint)contents.Length), .. contents];
    }
}
