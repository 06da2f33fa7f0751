// SPDX-License-Identifier: MIT
// An exported table (spec chapter 4.2.7).
using System;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

/// <summary>A table that an instance exports or a host defined. Valid until the instance is disposed or the definition ends.</summary>
/// <example>
/// <code>
/// NanoTable handlers = app.GetTable("handlers");
/// if (!handlers.IsConstant) handlers[0] = plugin.GetFunction("handle").Reference;
/// </code>
/// </example>
public sealed unsafe class NanoTable
{
    private readonly NanoInstance _instance;
    private readonly uint _index;

    internal NanoTable(NanoInstance instance, uint index) => (_instance, _index) = (instance, index);

    /// <summary>The type of the elements: FuncRef or ExternRef.</summary>
    public WasmType Type => (WasmType)Pointer->ElemType;

    /// <summary>The number of elements.</summary>
    public uint Size => Pointer->Size;

    /// <summary>Whether native code contains the table's contents, so that nobody can change them.</summary>
    public bool IsConstant => Pointer->Fixed != 0;

    /// <summary>An element of the table, a reference of the table's type.</summary>
    /// <param name="index">Index of the element, less than <see cref="Size"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ArgumentException">The value has another type, or refers to a function that does not exist.</exception>
    /// <exception cref="InvalidOperationException">The table is constant: see <see cref="IsConstant"/>.</exception>
    public WasmValue this[uint index]
    {
        get
        {
            WasmValue value = new(Type, *Element(index));
            GC.KeepAlive(this);
            return value;
        }
        set
        {
            if (IsConstant)
                throw new InvalidOperationException("the image was compiled for a table that does not change: compile it with --open");
            if (value.Type != Type) throw new ArgumentException($"the table holds {Type}, not {value.Type}", nameof(value));
            _instance.Store(value, Element(index));
            GC.KeepAlive(this);
        }
    }

    private TableInst* Pointer => _instance.Pointer->Tables[_index];

    private uint* Element(uint index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return &Pointer->Elements[index];
    }
}
