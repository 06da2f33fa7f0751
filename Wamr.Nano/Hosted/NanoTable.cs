// SPDX-License-Identifier: MIT
// An exported table (spec chapter 4.2.7).
using System;
using Wamr.Nano.Core.Run;

namespace Wamr.Nano;

/// <summary>A table of an instance, its own or an imported one. Valid until the instance is disposed.</summary>
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

    /// <summary>FuncRef or ExternRef.</summary>
    public WasmType Type => (WasmType)Pointer->ElemType;

    /// <summary>Number of elements.</summary>
    public uint Size => Pointer->Size;

    /// <summary>Whether code of an image relies on its contents, so that nobody can change it.</summary>
    public bool IsConstant => Pointer->Fixed != 0;

    /// <summary>An element; only references of the table's own type can be stored.</summary>
    /// <param name="index">Below <see cref="Size"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ArgumentException">The value has another type, or refers to a function that is not there.</exception>
    /// <exception cref="InvalidOperationException">Code of an image takes the table for constant: see <see cref="IsConstant"/>.</exception>
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
